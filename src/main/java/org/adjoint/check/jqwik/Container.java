package org.adjoint.check.jqwik;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** The types that a parameter with sizes may have. */
enum Container {

    NUMBER(double.class, 0, 0) {
        @Override
        Object of(double[] entries, int[] sizes) { return entries[0]; }
    },

    DOUBLES(double[].class, 1, 6) {
        @Override
        Object of(double[] entries, int[] sizes) { return entries; }
    },

    FLOATS(float[].class, 1, 6) {
        @Override
        Object of(double[] entries, int[] sizes) {
            var floats = new float[entries.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) entries[i];
            }
            return floats;
        }
    },

    ROWS(double[][].class, 2, 2) {
        @Override
        Object of(double[] entries, int[] sizes) {
            var rows = new double[sizes[0]][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(entries, i * sizes[1], (i + 1) * sizes[1]));
            return rows;
        }
    },

    MATRIX(DMatrixRMaj.class, 1, 2) {
        @Override
        Object of(double[] entries, int[] sizes) {
            var matrix = new DMatrixRMaj(sizes[0], sizes.length == 1 ? 1 : sizes[1]);
            System.arraycopy(entries, 0, matrix.data, 0, entries.length);
            return matrix;
        }
    };

    private final Class<?> type;
    private final int fewest;
    private final int most;

    Container(Class<?> type, int fewestAxes, int mostAxes) {
        this.type = type;
        this.fewest = fewestAxes;
        this.most = mostAxes;
    }

    /** The value of this type with these entries. */
    abstract Object of(double[] entries, int[] sizes);

    static Optional<Container> of(Class<?> type) {
        return Arrays.stream(values()).filter(c -> c.type == type).findFirst();
    }

    void requireAxes(int axes, String declared) {
        if (axes < fewest || axes > most) {
            throw new IllegalArgumentException("%s has %s; got @Sizes(\"%s\")".formatted(type.getSimpleName(),
                    most == 0 ? "no axes" : fewest == most ? fewest + " axes" : fewest + " to " + most + " axes",
                    declared));
        }
    }
}
