package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dialect matlab refuses to read, with the law, the shapes as matrices, and what to write; and the sizes that it may leave out. */
class MatlabProblemsTest {
    private final Desk desk = Desk.of(Dialect.MATLAB,
            "s : R; x, y : R[n]; u : R[m]; A : R[m, n]; X : R[n, n]; T : R[m, n, k]");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x*y            | x*y: the columns on the left must match the rows on the right; x is [n, 1], y is [n, 1]
            A*u            | A*u: the columns on the left must match the rows on the right; A is [m, n], u is [m, 1]
            A*x'           | A*x': the columns on the left must match the rows on the right; A is [m, n], x' is [1, n]
            x+y'           | x+y': shapes must match; x is [n, 1], y' is [1, n]
            A+x            | A+x: shapes must match; A is [m, n], x is [n, 1]
            x.*y'          | x.*y': shapes must match, or one side be a scalar; x is [n, 1], y' is [1, n]
            A./X           | A./X: shapes must match, or one side be a scalar; A is [m, n], X is [n, n]
            x.^y'          | x.^y': shapes must match, or one side be a scalar; x is [n, 1], y' is [1, n]
            A^2            | A^2: `^` takes a scalar or a square matrix; entry by entry it is .^; A is [m, n]
            x^2            | x^2: `^` takes a scalar or a square matrix; entry by entry it is .^; x is [n, 1]
            2^X            | 2^X: `^` takes a scalar exponent; entry by entry it is .^; 2 is [], X is [n, n]
            x/y            | x/y: `/` divides by a scalar; entry by entry it is ./; x is [n, 1], y is [n, 1]
            A/X            | A/X: `/` divides by a scalar; division by a matrix is written A*inv(B), entry by entry ./; A is [m, n], X is [n, n]
            inv(A)         | inv(A): inv needs a square matrix; A is [m, n]
            det(x)         | det(x): det needs a square matrix; x is [n, 1]
            tr(x*u')       | tr(x*u'): tr needs a square matrix; x*u' is [n, m]
            diagvec(A)     | diagvec(A): diagvec needs a square matrix; A is [m, n]
            softmax(A)     | softmax(A): softmax takes a column; A is [m, n]
            logsumexp(x')  | logsumexp(x'): logsumexp takes a column; x' is [1, n]
            conv(x', u)    | conv(x', u): conv takes a column; x' is [1, n]
            rowsum(T)      | rowsum(T): rowsum takes a matrix; T is [m, n, k]
            T'             | T': the transpose is of a matrix; axes of a tensor are exchanged by einsum; T is [m, n, k]
            T*x            | T*x: `*` multiplies matrices; tensors are multiplied by einsum; T is [m, n, k], x is [n, 1]
            sum(x, 3)      | sum(x, 1) adds up columns, sum(x, 2) rows; got 3
            norm3(x)       | unknown function norm3
            norm2          | norm2 is a function; call it: norm2(x)
            vector(1)      | how large vector, matrix or eye without a size is cannot be told here; write ones(n), ones(m, n) or eye(n)
            vector(x)      | vector(x): vector takes a scalar, which all of its entries are; x is [n, 1]
            """)
    void messages(String text, String message) {
        assertThat(desk.wrong(text)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x*y      | the transpose fits: x'*y
            A*x'     | the transpose fits: A*(x')'
            A*u      | the transpose fits: A'*u
            x'*A     | the transpose fits: x'*A'
            sofmaxrows(A) | did you mean softmaxrows?
            """)
    void hints(String text, String hint) {
        assertThat(desk.problem(text).hint()).isEqualTo(hint);
    }

    /** {@code vector(1)}, {@code matrix(1)} and {@code eye} are as large as what they meet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x + vector(1) | x + ones(n)", "vector(2)'*x | 2*ones(n)'*x",
            "A*vector(1) | A*ones(n)", "(A - matrix(s))*x | (A - s*ones(m,n))*x", "X + s*eye | X + s*eye(n)",
            "tr((X + eye)*matrix(1)) | tr((X + eye(n))*ones(n,n))", "A*matrix(1)*u | A*ones(n,m)*u",
            "(vector(1) + vector(2)).*x | (ones(n) + 2*ones(n)).*x", "X*(eye + matrix(1)) | X*(eye(n) + ones(n,n))"})
    void sizesThatAreLeftOut(String text, String written) {
        assertThat(desk.expr(text)).isEqualTo(desk.expr(written));
    }

    /** One column of ones is one node, however it is written; no axis of size 1 is left in the graph. */
    @Test
    void axesOfSizeOneLeaveNoTrace() {
        assertThat(desk.expr("ones(n,1)")).isEqualTo(desk.expr("ones(n)"));
        assertThat(desk.expr("ones(m,1)*x'")).isEqualTo(desk.expr("ones(m)*x'"));
        assertThat(desk.expr("ones(1,n)*x")).isEqualTo(desk.expr("sum(x)"));
        assertThat(desk.expr("x'*y*u")).isEqualTo(desk.expr("u*(x'*y)"));
    }

    /** The square of a norm is a sum of squares: no root is left to be differentiated. */
    @Test
    void squaresOfNorms() {
        assertThat(desk.expr("norm2(x)^2")).isEqualTo(desk.expr("sum(x.^2)"));
        assertThat(desk.expr("norm2(A)^4")).isEqualTo(desk.expr("sum(A.^2)^2"));
    }
}
