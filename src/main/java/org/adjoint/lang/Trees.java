package org.adjoint.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Walks over syntax trees that do not recurse. */
public final class Trees {
    private Trees() {
    }

    /** Every node of the tree, each after all of its children, left before right. */
    public static List<Syntax> postorder(Syntax root) {
        // the mirror image of preorder: node, then children from right to left, all reversed
        List<Syntax> out = new ArrayList<>();
        Deque<Syntax> todo = new ArrayDeque<>();
        todo.push(root);
        while (!todo.isEmpty()) {
            Syntax node = todo.pop();
            out.add(node);
            node.children().forEach(todo::push);
        }
        Collections.reverse(out);
        return out;
    }

    /** The names that occur in the tree, in the order of the text, with repetitions. */
    public static List<Syntax.Name> names(Syntax root) {
        List<Syntax.Name> names = new ArrayList<>();
        for (Syntax node : postorder(root)) {
            if (node instanceof Syntax.Name name) {
                names.add(name);
            }
        }
        return names;
    }
}
