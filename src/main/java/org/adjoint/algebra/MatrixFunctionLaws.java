package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.S;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.inv;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** The exponential and powers of matrices. Source: Higham, Functions of Matrices, 2008, theorems 1.13, 10.1 and 10.2. */
final class MatrixFunctionLaws {
    static final String EXPONENTIAL_TRANSPOSE = "exponential of a transposed matrix";
    static final String EXPONENTIAL_DIAGONAL = "exponential of a diagonal matrix";
    static final String EXPONENTIAL_INVERSE = "inverse of a matrix exponential";
    static final String EXPONENTIAL_DETERMINANT = "determinant of a matrix exponential";
    static final String EXPONENTIAL_LOG = "log-determinant of a matrix exponential";
    static final String POWER_TRANSPOSE = "power of a transposed matrix";
    static final String POWER_INVERSE = "inverse of a matrix power";
    static final String POWER_DETERMINANT = "determinant of a matrix power";
    static final String POWER_LOG = "log-determinant of a matrix power";
    private static final Variable J = Variable.scalar("j", Fact.Named.NATURAL);
    private static final Variable K = Variable.scalar("k", Fact.Named.NATURAL);

    private MatrixFunctionLaws() {
    }

    static List<Law> all() {
        Expr power = power(S, K);
        return List.of(
                law(EXPONENTIAL_TRANSPOSE, "exp(Sᵀ) = exp(S)ᵀ", exp(S.transpose()), exp(S).transpose()),
                law(EXPONENTIAL_DIAGONAL, "exp(diag x) = diag(eˣ)", exp(Tensors.diag(X)),
                        Tensors.diag(LawSymbols.exp(X))),
                law(EXPONENTIAL_INVERSE, "exp(S)⁻¹ = exp(−S)", inv(exp(S)), exp(S.negate())),
                law(EXPONENTIAL_DETERMINANT, "det exp(S) = e^tr S", det(exp(S)), LawSymbols.exp(Tensors.trace(S))),
                law(EXPONENTIAL_LOG, "log det exp(S) = tr S", logDet(exp(S)), Tensors.trace(S)),
                law(MatrixFunctionRule.EXPONENTIALS, "exp(aS) exp(bS) = exp((a + b)S)",
                        exp(S.times(A)).matmul(exp(S.times(B))), exp(S.times(A.plus(B)))),
                law(MatrixFunctionRule.COMMUTES, "exp(S)S = S exp(S)", exp(S).matmul(S), S.matmul(exp(S))),
                law(MatrixFunctionRule.POWERS, "SʲSᵏ = Sʲ⁺ᵏ", power(S, J).matmul(power), power(S, J.plus(K))),
                law("trace of a product of powers", "tr(SʲSᵏ) = tr(SᵏSʲ)", Tensors.trace(power(S, J).matmul(power)),
                        Tensors.trace(power.matmul(power(S, J)))),
                law(POWER_TRANSPOSE, "(Sᵀ)ᵏ = (Sᵏ)ᵀ", power(S.transpose(), K), power.transpose()),
                law(POWER_INVERSE, "(Sᵏ)⁻¹ = S⁻ᵏ", inv(power), power(S, K.negate())),
                law("power of an inverse", "(S⁻¹)ᵏ = S⁻ᵏ", power(inv(S), K), power(S, K.negate())),
                law(POWER_DETERMINANT, "det Sᵏ = (det S)ᵏ", det(power), det(S).pow(K)),
                law(POWER_LOG, "log|det Sᵏ| = k log|det S|", logDet(power), logDet(S).times(K)));
    }

    private static Expr exp(Expr x) {
        return MatrixFunction.exponential(x);
    }

    private static Expr power(Expr x, Expr k) {
        return MatrixFunction.power(x, k);
    }

    private static Expr det(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x);
    }

    private static Expr logDet(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, x);
    }
}
