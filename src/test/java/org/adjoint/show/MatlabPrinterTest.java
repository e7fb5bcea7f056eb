package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.adjoint.expr.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes in the dialect {@code matlab}: vectors are columns, nothing broadcasts, as few symbols as possible. */
class MatlabPrinterTest {
    private final Reader reader = new Reader();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            A @ (B @ x);                        A*B*x
            (A @ B).T;                          (A*B)'
            A.T @ B.T;                          (B*A)'
            x @ A @ y;                          x'*A*y
            outer(x, A @ y);                    x*(A*y)'
            2 * outer(W @ x, x);                2*W*x*x'
            x @ x;                              x'*x
            (A @ x) @ (A @ x);                  norm2(A*x)^2
            sqrt(sum(x**2));                    norm2(x)
            sum(abs(x));                        norm1(x)
            trace(A @ B);                       tr(A*B)
            sum(A * B);                         sum(A.*B)
            trace(A @ B.T);                     sum(A.*B)
            trace(A @ B @ C);                   tr(A*B*C)
            diagonal(A @ B);                    diagvec(A*B)
            diagonal(A);                        diagvec(A)
            sum(A * B, axis=1);                 rowsum(A.*B)
            sum(A, axis=0);                     colsum(A)
            x[:, None] * A;                     diag(x)*A
            A * x;                              A*diag(x)
            x[:, None] * A * y;                 A.*(x*y')
            A + x;                              A+ones(n)*x'
            A + x[:, None];                     A+x*ones(1,n)
            1 - x;                              ones(n)-x
            1 - A;                              ones(n,n)-A
            1 - s;                              1-s
            diag(x) @ A @ diag(y);              A.*(x*y')
            A.T @ diag(x) @ A;                  A'*diag(x)*A
            x / 2;                              x/2
            2/3 * x;                            2*x/3
            (A @ x - y) / n;                    (A*x-y)/n
            1 / x;                              1./x
            2 / x;                              2./x
            x / y**2;                           x./y.^2
            x * x * x;                          x.^3
            A @ A @ A;                          A^3
            s**2 / (x @ y);                     s^2/(x'*y)
            exp(x) / sum(exp(x));               exp(x)/sum(exp(x))
            softmax(x);                         softmax(x)
            softmax(X, axis=1);                 softmaxrows(X)
            softmax(X, axis=0);                 softmaxrows(X')'
            logsumexp(x);                       logsumexp(x)
            logsumexp(X, axis=1);               log(rowsum(exp(X)))
            inv(A).T @ x;                       inv(A)'*x
            maximum(x, 0);                      relu(x)
            where(x > 0, x, 0);                 step(x).*x
            sum(P, axis=(0, 2));                "einsum(""jik->i"",P)"
            eye(n) + A;                         A+eye(n)
            diag(x);                            diag(x)
            row.T + col;                        col+row'
            broadcast_to(x, [m, n]);            ones(m)*x'
            prod(x);                            prod(x)
            -(A @ x - y);                       y-A*x
            2 * A + 2 * B;                      2*(A+B)
            """)
    void isWrittenAs(String numpy, String matlab) {
        assertThat(MatlabPrinter.text(reader.numpy(numpy))).isEqualTo(matlab);
    }

    @Test
    void whatTheDialectCannotSayHasNoClosedText() {
        Expr max = reader.numpy("max(x) + s");
        MatlabPrinter printer = new MatlabPrinter();
        assertThat(printer.closed(max)).isEmpty();
        assertThat(printer.print(max)).contains("no words for a maximum");
        assertThat(printer.printed(max).complete()).isFalse();
        assertThat(printer.closed(reader.numpy("sigma(x)"))).isEmpty();
    }

    @Test
    void aLongFormulaNamesItsSharedPartsAndTheClosedTextDoesNot() {
        Expr shared = reader.numpy("tanh(A @ x + y)");
        Expr all = shared;
        for (int k = 0; k < 7; k++) {
            all = all.times(reader.numpy("B").matmul(all));
        }
        MatlabPrinter printer = new MatlabPrinter(20, 1000);
        assertThat(printer.printed(all).where()).isNotEmpty();
        assertThat(new MatlabPrinter().closed(all)).get().asString().doesNotContain("t1");
    }
}
