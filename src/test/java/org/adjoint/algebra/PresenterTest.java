package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.show.MatlabPrinter;
import org.adjoint.verify.DerivedOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown is what a textbook prints, has the value of the raw sweep, and is never longer. */
class PresenterTest {
    /** Expressions of the MATLAB-like notation over declared variables. */
    private static final class Textbook {
        private final Environment environment = new Environment();
        private final Elaborator reader = new Elaborator(environment, new DerivedOperators(), Dialect.MATLAB, Set.of());

        Textbook(String declarations) {
            for (String declaration : declarations.split(";")) {
                List<Problem> problems = reader.statement(Parser.shape(Source.of("text", declaration.strip())));
                assertThat(problems).as(declaration).isEmpty();
            }
        }

        Expr read(String text) {
            return reader.tensor(Parser.expression(Source.of("text", text), Dialect.MATLAB)).expr();
        }

        Variable variable(String name) {
            return environment.variable(name).orElseThrow();
        }
    }

    private static void assertShown(Expr raw, String textbook) {
        Expr shown = new Presenter().present(raw);
        assertThat(new MatlabPrinter().closed(shown)).contains(textbook);
        Numerically.assertSame(textbook, raw, shown, 1);
        Cost cost = new Cost();
        assertThat(cost.of(shown)).isLessThanOrEqualTo(cost.of(raw));
    }

    @ParameterizedTest(name = "d {0} / d {2} = {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            x'*A*x | A=[n,n]; x=[n] | x | (A+A')*x
            x'*A*x | A=[n,n] symmetric; x=[n] | x | 2*A*x
            u'*A*x-v'*A*x | u=[m]; v=[m]; A=[m,n]; x=[n] | x | A'*(u-v)
            (X*b+c)'*D*(X*b+c) | b=[n]; c=[m]; D=[m,m]; X=[m,n] | X | (D+D')*(X*b+c)*b'
            log(det(X)) | X=[n,n] | X | inv(X)'
            log(det(inv(X))) | X=[n,n] invertible | X | -inv(X)'
            det(A*X*B) | A=[n,n]; B=[n,n]; X=[n,n] | X | det(A*X*B)*inv(X)'
            logdet(A*X*B) | A=[n,n]; B=[n,n]; X=[n,n] | X | inv(X)'
            logdet(a*X) | a=[]; X=[n,n] | X | inv(X)'
            det(X'*A*X) | A=[m,m] spd; X=[m,n] | X | 2*det(X'*A*X)*A*X*inv(X'*A*X)
            tr(inv(X'*C*X)*A) | C=[m,m] spd; X=[m,n]; A=[n,n] | X | -C*X*inv(X'*C*X)*(A+A')*inv(X'*C*X)
            -y'*log(softmax(z)) | z=[n]; y=[n] onehot | z | softmax(z)-y
            -y'*log(softmax(z)) | z=[n]; y=[n] probability | z | softmax(z)-y
            log(sum(exp(x))) | x=[n] | x | softmax(x)
            0.5*norm2(B*tanh(W*x+b)+c-y)^2 | W=[m,n]; x=[n]; b=[m]; B=[k,m]; c=[k]; y=[k] | c | B*tanh(W*x+b)+c-y
            sum(G.*(softmaxrows(Q*K')*V)) | Q=[s,d]; K=[t,d]; V=[t,e]; G=[s,e] | V | softmaxrows(Q*K')'*G
            -0.5*logdet(S)-0.5*(x-u)'*inv(S)*(x-u) | x=[n]; u=[n]; S=[n,n] spd | u | inv(S)*(x-u)
            0.5*norm2(y-X*w)^2 | X=[m,n]; w=[n]; y=[m] | w | X'*(X*w-y)
            sum(log(ones(m)+exp(X*w)))-y'*X*w | X=[m,n]; w=[n]; y=[m] | w | X'*(sigmoid(X*w)-y)
            -y'*log(sigmoid(X*w))-(ones(m)-y)'*log(ones(m)-sigmoid(X*w)) | X=[m,n]; w=[n]; y=[m] | w | X'*(sigmoid(X*w)-y)
            C*sum(relu(ones(m)-y.*(X*w))) | X=[m,n]; w=[n]; y=[m]; C=[] | w | -C*X'*(y.*step(ones(m)-y.*(X*w)))
            sum(log(cosh(A*x-b))) | A=[m,n]; x=[n]; b=[m] | x | A'*tanh(A*x-b)
            sum((exp(x)-exp(-x))./(exp(x)+exp(-x))) | x=[n] | x | ones(n)-tanh(x).^2
            sum(V.*log(V./(W*H))-V+W*H) | V=[m,n] positive; W=[m,k] positive; H=[k,n] positive | W | (ones(m,n)-V./(W*H))*H'
            sum(x.*log(x./y)-x+y) | x=[n] positive; y=[n] positive | x | log(x./y)
            det(X)^k | X=[n,n]; k=[] | X | k*det(X)^k*inv(X)'
            sum(x.^p) | x=[n] positive; p=[] | x | p*x.^(p-1)
            """)
    void gradients(String f, String declarations, String wrt, String textbook) {
        Textbook book = new Textbook(declarations);
        assertShown(ReverseSweep.gradient(book.read(f), book.variable(wrt)), textbook);
    }

    @ParameterizedTest(name = "d² {0} / d {2}² = {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            x'*A*x | A=[n,n]; x=[n] | x | A+A'
            logsumexp(x) | x=[n] | x | diag(softmax(x))-softmax(x)*softmax(x)'
            log(sum(exp(x))) | x=[n] | x | diag(softmax(x))-softmax(x)*softmax(x)'
            sum(softplus(X*w)) | X=[m,n]; w=[n] | w | X'*diag(sigmoid(X*w).*(ones(m)-sigmoid(X*w)))*X
            norm2(x) | x=[n] | x | eye(n)/norm2(x)-x*x'/norm2(x)^3
            0.5*norm2(A*x-b)^2 | A=[m,n]; x=[n]; b=[m] | x | A'*A
            """)
    void hessians(String f, String declarations, String wrt, String textbook) {
        Textbook book = new Textbook(declarations);
        Variable x = book.variable(wrt);
        assertShown(ReverseSweep.jacobian(ReverseSweep.gradient(book.read(f), x), x), textbook);
    }

    /**
     * Through the mean and the variance of a batch of any size: {@code (g − mean(g) − x̂·mean(g·x̂))/σ}, with the mean and the
     * variance as they were written.
     */
    @Test
    void normalisationHasThreeTerms() {
        Textbook layer = new Textbook("x=[n]; g=[n]; e=[] positive");
        String centred = "(x-sum(x)/n*ones(n))";
        String variance = "(norm2(" + centred + ")^2/n+e)";
        Expr raw = ReverseSweep.gradient(layer.read("g'*" + centred + "/sqrt(" + variance + ")"), layer.variable("x"));
        Expr shown = new Presenter().present(raw);
        Expr textbook = layer.read("(g-g'*" + centred + "*" + centred + "/(n*" + variance + ")-sum(g)*ones(n)/n)/sqrt("
                + variance + ")");
        Numerically.assertSame("layer normalisation", raw, shown, 1);
        Numerically.assertSame("layer normalisation, textbook", textbook, shown, 1);
        assertThat(new Cost().of(shown)).isLessThanOrEqualTo(new Cost().of(textbook));
        // The centred vector stays one, so that it can be named: it is not multiplied out.
        assertThat(Walk.postorder(shown)).anySatisfy(node -> assertThat(node).isSameAs(centredNode(layer)));
    }

    private static Expr centredNode(Textbook layer) {
        return new Presenter().present(layer.read("x-sum(x)/n*ones(n)"));
    }

    /** A perceptron of 100 layers with symbolic sizes is shown in time that grows with the depth, and in as many nodes. */
    @Test
    void deepNetworksStayLinear() {
        int short50 = shownNodes(50);
        int long100 = shownNodes(100);
        assertThat(long100).isLessThan(3 * short50);
    }

    private static int shownNodes(int layers) {
        Expr h = Variable.of("x", Shape.of("n0"));
        Variable first = Variable.of("W1", Shape.of("n1", "n0"));
        for (int k = 1; k <= layers; k++) {
            Variable w = Variable.of("W" + k, Shape.of("n" + k, "n" + (k - 1)));
            h = Functions.TANH.apply(w.matmul(h).plus(Variable.of("b" + k, Shape.of("n" + k))));
        }
        Expr raw = ReverseSweep.gradient(h.pow(2).sum(), first);
        Expr shown = Budget.defaults().withTime(Duration.ofSeconds(30)).call(() -> new Presenter().present(raw));
        assertThat(Walk.postorder(shown).size()).isLessThanOrEqualTo(2 * Walk.postorder(raw).size());
        return Walk.postorder(shown).size();
    }

    /** Every stage has the value of the raw form; the last is the raw form. */
    @Test
    void stagesKeepTheValue() {
        Textbook book = new Textbook("A=[m,n]; x=[n]; b=[m]; y=[m] probability");
        Expr raw = ReverseSweep.gradient(book.read("-y'*log(softmax(A*x+b))+norm2(x)"), book.variable("x"));
        List<Expr> stages = new Presenter().stages(raw).toList();
        assertThat(stages).last().isSameAs(raw);
        for (Expr stage : stages) {
            Numerically.assertSame("stage", raw, stage, 2);
        }
    }

    /** Random expressions: the value stays, and no gradient becomes longer. */
    @Test
    void neverLonger() {
        Cost cost = new Cost();
        for (long seed = 500_000; seed < 500_300; seed++) {
            WildGraph graphs = new WildGraph(seed);
            Expr expr = graphs.of(graphs.shape(), 1 + (int) (seed % 4));
            Expr shown = new Presenter().present(expr);
            assertThat(cost.of(shown)).as("seed %d", seed).isLessThanOrEqualTo(cost.of(expr) + 1e-9);
        }
    }
}
