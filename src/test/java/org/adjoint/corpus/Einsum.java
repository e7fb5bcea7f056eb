package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code einsum("ij,jk->ik", A, B)}: one loop over every assignment of the indices. */
final class Einsum {
    private Einsum() {
    }

    static Array of(String pattern, List<Array> operands) {
        String[] sides = pattern.replace(" ", "").split("->", -1);
        String[] inputs = sides[0].split(",", -1);
        if (inputs.length != operands.size()) {
            throw new IllegalArgumentException("einsum: " + pattern + " with " + operands.size() + " operands");
        }
        Map<Character, Integer> extents = new LinkedHashMap<>();
        List<Array> factors = new ArrayList<>();
        for (int k = 0; k < inputs.length; k++) {
            factors.add(factor(operands.get(k), inputs[k], extents));
        }
        int[] shape = sides[1].chars().map(c -> extents.getOrDefault((char) c, 1)).toArray();
        Array result = shape.length == 0 ? Array.scalar(0)
                : shape.length == 1 ? Array.zeros(shape[0], 1) : Array.zeros(shape);
        int all = extents.values().stream().reduce(1, Math::multiplyExact);
        for (int assignment = 0; assignment < all; assignment++) {
            Map<Character, Integer> at = assignment(assignment, extents);
            double product = 1;
            for (int k = 0; k < inputs.length; k++) {
                product *= factors.get(k).get(offset(inputs[k], at, extents));
            }
            int cell = offset(sides[1], at, extents);
            result.set(cell, result.get(cell) + product);
        }
        return result;
    }

    /** A column has one index; a 1 x 1 array may have none. */
    private static Array factor(Array operand, String indices, Map<Character, Integer> extents) {
        int[] shape = operand.shape();
        int rank = indices.isEmpty() && operand.size() == 1 ? 0
                : indices.length() == 1 && operand.rank() == 2 && operand.columns() == 1 ? 1 : operand.rank();
        if (rank != indices.length()) {
            throw new IllegalArgumentException("einsum: " + indices + " for an array of rank " + operand.rank());
        }
        for (int axis = 0; axis < rank; axis++) {
            Integer known = extents.putIfAbsent(indices.charAt(axis), shape[axis]);
            if (known != null && known != shape[axis]) {
                throw new IllegalArgumentException("einsum: " + indices.charAt(axis) + " is " + known + " and "
                        + shape[axis]);
            }
        }
        return operand;
    }

    private static Map<Character, Integer> assignment(int number, Map<Character, Integer> extents) {
        Map<Character, Integer> at = new LinkedHashMap<>();
        int rest = number;
        for (Map.Entry<Character, Integer> extent : extents.entrySet()) {
            at.put(extent.getKey(), rest % extent.getValue());
            rest /= extent.getValue();
        }
        return at;
    }

    private static int offset(String indices, Map<Character, Integer> at, Map<Character, Integer> extents) {
        int offset = 0;
        int stride = 1;
        for (int k = 0; k < indices.length(); k++) {
            char index = indices.charAt(k);
            offset += at.getOrDefault(index, 0) * stride;
            stride *= extents.getOrDefault(index, 1);
        }
        return offset;
    }
}
