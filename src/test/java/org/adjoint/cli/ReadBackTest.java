package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.verify.DerivedOperators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed in dialect matlab is read again before it is shown: texts of the same meaning pass, others do not. */
class ReadBackTest {
    private static final Environment ENVIRONMENT = environment();

    private static Environment environment() {
        Environment environment = new Environment();
        Elaborator elaborator = new Elaborator(environment, new DerivedOperators(), Dialect.MATLAB, Set.of());
        for (String shape : new String[] {"A=[m,n]", "S=[n,n] spd", "x=[n]", "y=[n]", "b=[m]", "t=[]"}) {
            assertThat(elaborator.statement(Parser.shape(Source.of("--shape", shape)))).isEmpty();
        }
        return environment;
    }

    private static Expr of(String text) {
        return new Elaborator(ENVIRONMENT, new DerivedOperators(), Dialect.MATLAB, Set.of())
                .tensor(Parser.expression(Source.of("<text>", text), Dialect.MATLAB)).expr();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (A*x)'*b            | x'*A'*b
            inv(S)*x*y'         | (y*x'*inv(S'))'
            diag(x)*A'          | A'.*(x*ones(1,m))
            log(x.^2)           | 2*log(abs(x))
            """)
    void theSameMeaningPasses(String printed, String meant) {
        assertThat(new ReadBack(ENVIRONMENT).means(printed, of(meant))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x*y'                | y*x'
            inv(S)*x            | S*x
            t*sum(x)            | t*sum(x.^2)
            A'*b                | A'*b+x
            kron(x,b)*ones(1,n) | kron(b,x)*ones(1,n)
            A*(x                | A*x
            A*b                 | A*x
            sqrt(-1-x.^2)       | x
            """)
    void anythingElseDoesNot(String printed, String meant) {
        assertThat(new ReadBack(ENVIRONMENT).means(printed, of(meant))).isFalse();
    }
}
