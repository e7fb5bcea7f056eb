package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.N;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.S;
import static org.adjoint.algebra.LawSymbols.V;
import static org.adjoint.algebra.LawSymbols.W;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.inv;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.log;
import static org.adjoint.algebra.LawSymbols.number;

import java.util.List;
import java.util.stream.Stream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Inverses, determinants, orthogonal matrices and Kronecker products. Source: Matrix Cookbook, 1.1, 1.2, 3.1, 3.2, 10.2. */
final class InverseLaws {
    private static final Variable T = Variable.of("T", S.shape());
    private static final Variable U = Variable.of("U", S.shape(), Fact.Named.ORTHOGONAL);
    private static final Expr ID = Delta.of(Size.symbol("n"));

    private InverseLaws() {
    }

    static List<Law> all() {
        return Stream.of(inverses(), determinants(), kronecker(), SmallMatrixLaws.all(), sylvester())
                .flatMap(List::stream).toList();
    }

    private static List<Law> inverses() {
        Expr inverse = inv(S);
        Expr shifted = W.matmul(W.transpose()).plus(Delta.of(Size.symbol("m")));
        Expr other = W.transpose().matmul(W).plus(ID);
        Expr rankOne = ID.plus(Tensors.outer(X, Y));
        return List.of(
                law("matrix times its inverse", "S S⁻¹ = I", S.matmul(inverse), ID),
                law("inverse times its matrix", "S⁻¹ S x = x", inverse.matmul(S).matmul(X), X),
                law("inverse of an inverse", "(S⁻¹)⁻¹ = S", inv(inverse), S),
                law("inverse of a transpose", "(Sᵀ)⁻¹ = (S⁻¹)ᵀ", inv(S.transpose()), inverse.transpose()),
                law("inverse of a product", "(ST)⁻¹ = T⁻¹S⁻¹", inv(S.matmul(T)), inv(T).matmul(inverse)),
                law("inverse of a multiple", "(pS)⁻¹ = S⁻¹/p", inv(S.times(P)), inverse.dividedBy(P)),
                law("inverse of a diagonal matrix", "diag(x)⁻¹ = diag(1/x)", inv(Tensors.diag(X)),
                        Tensors.diag(Tensors.reciprocal(X))),
                law("sum times its inverse", "(S + T)⁻¹S = I − (S + T)⁻¹T", inv(S.plus(T)).matmul(S),
                        ID.minus(inv(S.plus(T)).matmul(T))),
                law("resolvent", "(S + T)⁻¹S x + (S + T)⁻¹T x = x",
                        inv(S.plus(T)).matmul(S.matmul(X)).plus(inv(S.plus(T)).matmul(T.matmul(X))), X),
                law("push-through", "Wᵀ(WWᵀ + I)⁻¹ = (WᵀW + I)⁻¹Wᵀ", W.transpose().matmul(inv(shifted)),
                        inv(other).matmul(W.transpose())),
                law("Woodbury", "(WᵀW + I)⁻¹ = I − Wᵀ(WWᵀ + I)⁻¹W", inv(other),
                        ID.minus(W.transpose().matmul(inv(shifted)).matmul(W))),
                law("Sherman-Morrison", "(I + xyᵀ)⁻¹ = I − xyᵀ/(1 + yᵀx)", inv(rankOne),
                        ID.minus(Tensors.outer(X, Y).dividedBy(number(1).plus(Tensors.inner(X, Y))))),
                law("orthogonal matrix", "UᵀU = I", U.transpose().matmul(U), ID),
                law("rows of an orthogonal matrix", "UUᵀ x = x", U.matmul(U.transpose()).matmul(X), X),
                law("inverse of an orthogonal matrix", "U⁻¹ = Uᵀ", inv(U), U.transpose()),
                law("norm under an orthogonal matrix", "‖Ux‖² = ‖x‖²", U.matmul(X).pow(2).sum(), X.pow(2).sum()),
                law("trace under an orthogonal matrix", "tr(USUᵀ) = tr S",
                        Tensors.trace(U.matmul(S).matmul(U.transpose())), Tensors.trace(S)));
    }

    private static List<Law> determinants() {
        Expr det = det(S);
        Expr entries = Reduction.of(Reduction.Operation.PRODUCT, X, 0);
        return List.of(
                law("determinant of a product", "det ST = det S · det T", det(S.matmul(T)), det.times(det(T))),
                law("determinant of a transpose", "det Sᵀ = det S", det(S.transpose()), det),
                law("determinant of an inverse", "det S⁻¹ = 1/det S", det(inv(S)), Tensors.reciprocal(det)),
                law("determinant of a multiple", "det(aS) = aⁿ det S", det(S.times(A)), A.pow(N).times(det)),
                law("determinant of a diagonal matrix", "det diag(x) = ∏ x", det(Tensors.diag(X)), entries),
                law("determinant of the identity", "det I = 1", det(ID), Constant.ONE),
                law("determinant of similar matrices", "det(TST⁻¹) = det S", det(T.matmul(S).matmul(inv(T))), det),
                law("log-determinant of a product", "log|det ST| = log|det S| + log|det T|", logDet(S.matmul(T)),
                        logDet(S).plus(logDet(T))),
                law("log-determinant of a transpose", "log|det Sᵀ| = log|det S|", logDet(S.transpose()), logDet(S)),
                law("log-determinant of an inverse", "log|det S⁻¹| = −log|det S|", logDet(inv(S)), logDet(S).negate()),
                law("log-determinant of a multiple", "log|det pS| = n log p + log|det S|", logDet(S.times(P)),
                        N.times(log(P)).plus(logDet(S))),
                law("log-determinant of an orthogonal matrix", "log|det US| = log|det S|", logDet(U.matmul(S)),
                        logDet(S)),
                law("product of a product", "∏ xy = ∏ x · ∏ y",
                        Reduction.of(Reduction.Operation.PRODUCT, X.times(Y), 0),
                        entries.times(Reduction.of(Reduction.Operation.PRODUCT, Y, 0))));
    }

    private static List<Law> sylvester() {
        Variable b = Variable.of("B", Shape.of("n", "m"));
        Expr first = Delta.of(Size.symbol("m")).plus(W.matmul(b));
        Expr second = ID.plus(b.matmul(W));
        Expr rankOne = ID.plus(Tensors.outer(X, Y));
        Expr gram = Delta.of(Size.symbol("m")).times(P).plus(W.matmul(W.transpose()));
        return List.of(
                law(Sylvester.IDENTITY, "det(I + WB) = det(I + BW)", det(first), det(second)),
                law(Sylvester.LEMMA, "det(I + xyᵀ) = 1 + yᵀx", det(rankOne), number(1).plus(Tensors.inner(X, Y))),
                law(DeterminantChange.LAW, "det(S + xyᵀ) = det S (1 + yᵀS⁻¹x)", det(S.plus(Tensors.outer(X, Y))),
                        det(S).times(number(1).plus(Y.matmul(inv(S)).matmul(X)))),
                law("log-determinant of a changed matrix", "log|det(S + WᵀW)| = log|det S| + log|det(I + WS⁻¹Wᵀ)|",
                        logDet(S.plus(W.transpose().matmul(W))),
                        logDet(S).plus(logDet(Delta.of(Size.symbol("m"))
                                .plus(W.matmul(inv(S)).matmul(W.transpose()))))),
                law("log-determinant by Sylvester's identity", "log|det(I + WB)| = log|det(I + BW)|", logDet(first),
                        logDet(second)),
                law("log-determinant of a shifted Gram matrix",
                        "log|det(pI + WWᵀ)| = (m − n) log p + log|det(pI + WᵀW)|", logDet(gram),
                        logDet(ID.times(P).plus(W.transpose().matmul(W)))
                                .plus(Dimension.of(Size.symbol("m")).minus(N).times(log(P)))),
                law("log-determinant after a change of rank one", "log|det(I + xyᵀ)| = log|1 + yᵀx|", logDet(rankOne),
                        log(LawSymbols.f(Functions.ABS, number(1).plus(Tensors.inner(X, Y))))));
    }

    private static List<Law> kronecker() {
        Variable g = Variable.of("G", Shape.of("k", "l"));
        Variable h = Variable.of("H", Shape.of("l", "q"));
        Variable c = Variable.of("C", V.shape());
        Expr product = W.matmul(V).matmul(g);
        return List.of(
                law("Kronecker mixed product", "(W ⊗ G)(V ⊗ H) = WV ⊗ GH", kron(W, g).matmul(kron(V, h)),
                        kron(W.matmul(V), g.matmul(h))),
                law("transpose of a Kronecker product", "(W ⊗ V)ᵀ = Wᵀ ⊗ Vᵀ", kron(W, V).transpose(),
                        kron(W.transpose(), V.transpose())),
                law("linearity of Kronecker products", "W ⊗ (V + C) = W ⊗ V + W ⊗ C", kron(W, V.plus(c)),
                        kron(W, V).plus(kron(W, c))),
                law("trace of a Kronecker product", "tr(S ⊗ G) = tr S · tr G",
                        Tensors.trace(kron(S, Variable.of("G", Shape.of("k", "k")))),
                        Tensors.trace(S).times(Tensors.trace(Variable.of("G", Shape.of("k", "k"))))),
                law("vec of a product", "vec(WVG) = (Gᵀ ⊗ W) vec V", vec(product),
                        kron(g.transpose(), W).matmul(vec(V))),
                law("Kronecker product with the identity", "I ⊗ I = I",
                        kron(ID, Delta.of(Size.symbol("m"))), Delta.of(Size.symbol("n").times(Size.symbol("m")))));
    }

    private static Expr det(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x);
    }

    private static Expr logDet(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, x);
    }

    private static Expr kron(Expr a, Expr b) {
        Expr blocks = Tensors.permute(Tensors.outer(a, b), 0, 2, 1, 3);
        return Reshape.of(blocks, Shape.of(a.shape().get(0).times(b.shape().get(0)),
                a.shape().get(1).times(b.shape().get(1))));
    }

    /** The columns under each other. */
    private static Expr vec(Expr x) {
        return Reshape.of(Tensors.transpose(x), Shape.of(x.shape().count()));
    }
}
