package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Value;
import org.adjoint.verify.DerivedOperators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the dialect matlab reads has the value and the orientation that its words say: every function, every pairing of scalars,
 * columns, rows and matrices, and the precedence of operators, against the evaluator in plain loops.
 */
class MatlabReadingTest {
    private static final Map<String, Integer> SIZES = Map.of("m", 2, "n", 4, "k", 3);
    private static final List<String> SHAPES = List.of("s=[]", "t=[]", "x=[n]", "y=[n]", "w=[k]", "u=[m]", "c=[n,1]",
            "r=[1,n]", "A=[m,n]", "B=[m,n]", "X=[n,n]", "S=[n,n]", "W=[m,k]", "T=[m,n,k]");

    @ParameterizedTest
    @ValueSource(
            strings = {"exp(x')", "log(A)", "sin(s)", "cos(x)", "tan(A)", "tanh(x')", "cosh(A)", "sinh(x)", "sqrt(A)",
                    "abs(-A)", "sign(x'-y')", "relu(x-y)", "step(x-y)", "sigmoid(A)", "softplus(x')", "arctan(A)"})
    void entryByEntry(String text) {
        agrees(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inv(X)", "inv(s)", "tr(X)", "tr(x'*y)", "det(X)", "det(t)", "logdet(X)", "logdet(s)",
            "sum(A)", "sum(x')", "sum(s)", "prod(x)", "prod(A)", "prod(x')", "norm1(x-y)", "norm1(A)", "norm1(-s)",
            "norm2(A)", "norm2(x')", "norm2(-s)", "norm2(x-y)^2", "norm2(A)^4", "norm2(x)^3", "diag(x)", "diagvec(X)",
            "rowsum(A)", "rowsum(x)", "rowsum(x')", "colsum(A)", "colsum(x)", "colsum(x')", "vec(A)", "vec(x')",
            "vec(s)", "kron(A,W)", "kron(x,u)", "kron(x,u')", "kron(x',u)", "kron(x',u')", "kron(A,x)", "kron(x',A)",
            "kron(s,A)", "kron(A,eye(k))", "eye(n)", "ones(n)", "ones(m,n)", "ones(n,1)", "ones(1,n)", "ones(1,1)",
            "zeros(m,n)", "zeros(n)", "comm(m,n)", "comm(m,n)*vec(A)-vec(A')", "comm(1,n)", "expm(X/4)",
            "softmax(x)", "softmaxrows(A)", "softmaxrows(x')", "softmaxrows(x)", "logsumexp(x)", "conv(x,w)",
            "corr(x,w)", "toep(w,n)", "toep(w,n)*x-conv(x,w)", "im2col(x,k)", "im2col(x,k)*w-corr(x,w)", "flip(x)",
            "flip(A)", "flip(x')", "rot180(A)", "rot180(x')", "corr2(X,W)", "corr2(X,s)", "corr2(x,w)", "conv2(A,W)",
            "conv2(x,w)", "conv2(x',W)"})
    void functions(String text) {
        agrees(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"einsum(\"ij,j->i\",A,x)", "einsum(\"i,j->ij\",x,u)", "einsum(\"ij->ji\",A)",
            "einsum(\"ii->\",X)", "einsum(\"ii->i\",X)", "einsum(\"ijk,j->ik\",T,x)", "einsum(\"ijk,j,k->i\",T,x,w)",
            "einsum(\"ijk,ijk->\",T,T)", "einsum(\"ijk->kji\",T)", "einsum(\"ij,jk->ik\",x,u')",
            "einsum(\"ir,jr,kr->ijk\",A,X,ones(k,n))", "T-einsum(\"ijk->ijk\",2*T)", "sum(T.*exp(T))"})
    void tensors(String text) {
        agrees(text);
    }

    /** Columns, rows, matrices and scalars in every order; sums of rows; scalars that come out of products. */
    @ParameterizedTest
    @ValueSource(strings = {"x'*y", "x*y'", "x*u'", "u*x'", "A*x", "x'*A'", "(A*x)'", "x'*X*y", "x*x'*y", "x*y'*x",
            "x'*y*x", "x'*y*x'", "A*x*x'*X", "x*x'*X", "(x*u')'", "(x'*A')*u", "u'*A*x*s", "s*x*t", "x*(y'*x)",
            "ones(m,1)*colsum(A)'", "rowsum(A)*ones(1,n)", "ones(m,1)*x'", "ones(n,1)'*x", "ones(1,n)*x", "x*ones(1,m)",
            "x'+y'", "x'-(A'*u)'", "x'.*y'", "x'./y'", "(x'*X).*y'", "(x*x').*X", "A./B", "x./y", "s.*x", "x.*s",
            "s./x", "x./s", "x'.*s", "A.*(x'*y)", "(x'*y)./A", "x/s", "x'/s", "A/(x'*y)", "s/t", "s*A/t", "A/2/s",
            "x.^2", "x'.^2", "A.^s", "s.^A", "2.^x'", "x.^y", "x'.^y'", "X^2", "X^3", "X^-1", "X^-2", "(X')^2", "X^0",
            "s^t", "s^2", "(x'*y)^2", "-x'", "-(x*y')", "(x+y)'*(x-y)", "x'*diag(y)*x", "diag(x)*A'", "(A*X)'*W",
            "tr(x*y')", "x'*y+s", "x'*y*eye(n)", "s*eye(n)+x*y'", "eye(1)*x", "x*eye(1)", "c+x", "c'*x", "r*x", "x*r",
            "c*r", "r'+c", "r.*x'", "X*c", "r*X", "A*c*r", "exp(r)'-c", "c*t", "(x'*y)*(x'*x)*A", "u*(x'*y)*x'",
            "norm2(x)*x'/s"})
    void orientations(String text) {
        agrees(text);
    }

    /** {@code '} binds tighter than {@code ^}, which is read from the right and binds tighter than a sign before it. */
    @ParameterizedTest
    @ValueSource(strings = {"-x.^2", "-s^2", "2^-2", "2^-s", "2^3^2", "2.^3.^2", "x.^-0.5", "X'^2", "-X'^2", "2*x.^2",
            "s/t*s", "s*t/s/t", "x./y.*x", "2.*x", "2.*x./3", "1-x'*y", "-x'*y", "x'*-y", "s-t-s",
            "s-(t-s)", "(x+y)'", "x+y.*x", "A'*u.*x", "s*x.*y", "2*X'*x", "X*X'^2*x", "1e-1*x", ".5*x", "x*.5"})
    void precedence(String text) {
        agrees(text);
    }

    // ---- the comparison

    private static void agrees(String text) {
        Elaborator reader = new Elaborator(new Environment(), new DerivedOperators(), Dialect.MATLAB, Set.of());
        SHAPES.forEach(shape -> assertThat(reader.statement(Parser.shape(Source.of("shape", shape)))).isEmpty());
        Value.Tensor read = reader.tensor(Parser.expression(Source.of("text", text), Dialect.MATLAB));
        Map<String, Array> plain = new LinkedHashMap<>();
        Map<Variable, Tensor> values = new LinkedHashMap<>();
        Random random = new Random(7);
        for (String shape : SHAPES) {
            Variable variable = reader.environment().variable(shape.substring(0, 1)).orElseThrow();
            draw(variable, random, plain, values);
        }
        SIZES.forEach((name, size) -> plain.put(name, Array.scalar(size)));
        Array expected = Naive.value(TermParser.parse(text), plain);
        Array actual = array(read, Plan.compile(List.<Expr>of(read.expr()), Sizes.of(SIZES))
                .evaluate(Values.of(values)).get(0));
        assertThat(actual.shape()).as(text).isEqualTo(expected.shape());
        for (int k = 0; k < expected.size(); k++) {
            double scale = Math.max(1, Math.abs(expected.entries()[k]));
            assertThat(actual.entries()[k]).as(text + ", entry " + k).isCloseTo(expected.entries()[k],
                    org.assertj.core.api.Assertions.within(1e-9 * scale));
        }
    }

    /** Entries from 0.3 to 1.7, more on the diagonal of a square matrix. */
    private static void draw(Variable variable, Random random, Map<String, Array> plain, Map<Variable, Tensor> values) {
        int[] shape = Sizes.of(SIZES).of(variable.shape());
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        double[] rowMajor = new double[count];
        for (int k = 0; k < count; k++) {
            boolean diagonal = shape.length == 2 && shape[0] == shape[1] && k % (shape[0] + 1) == 0;
            rowMajor[k] = 0.3 + 1.4 * random.nextDouble() + (diagonal ? 4 : 0);
        }
        Tensor tensor = Tensor.of(shape, rowMajor);
        values.put(variable, tensor);
        plain.put(variable.name(), array(tensor, shape.length == 1 ? new int[] {shape[0], 1} : shape));
    }

    private static Array array(Value.Tensor read, Tensor tensor) {
        int[] shape = tensor.shape();
        int[] written = shape.length != 1 ? shape : read.row() ? new int[] {1, shape[0]} : new int[] {shape[0], 1};
        return array(tensor, written);
    }

    /** The entries, first index fastest, under a shape of at least two axes. */
    private static Array array(Tensor tensor, int... shape) {
        int[] at = shape.length == 0 ? new int[] {1, 1} : shape;
        double[] rowMajor = tensor.toArray();
        double[] entries = new double[rowMajor.length];
        for (int k = 0; k < rowMajor.length; k++) {
            int rest = k;
            int position = 0;
            int stride = entries.length;
            for (int axis = at.length - 1; axis >= 0; axis--) {
                stride /= at[axis];
                position += rest % at[axis] * stride;
                rest /= at[axis];
            }
            entries[position] = rowMajor[k];
        }
        return Array.column(entries).reshaped(at);
    }
}
