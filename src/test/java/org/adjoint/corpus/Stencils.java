package org.adjoint.corpus;

import java.util.function.Function;

/** Derivatives by central differences, extrapolated once after Richardson, in each layout. */
final class Stencils {
    private final Function<Array, Array> f;
    private final Array x;
    private final double step;

    Stencils(Function<Array, Array> f, Array x, double step) {
        this.f = f;
        this.x = x;
        this.step = step;
    }

    Array derivative(String layout) {
        return switch (layout) {
            case "gradient" -> gradient();
            case "dscalar" -> along(direction(0));
            case "jacobian", "jacvec" -> jacobian();
            case "hessian", "hessvec" -> hessian();
            case "symgradient" -> symmetric();
            default -> throw new IllegalArgumentException("unknown layout " + layout);
        };
    }

    private Array direction(int k) {
        Array direction = x.map(t -> 0);
        direction.set(k, 1);
        return direction;
    }

    /** {@code (4 D(h/2) − D(h))/3} with {@code D(h) = (f(x + h d) − f(x − h d))/2h}. */
    private Array along(Array direction) {
        Array coarse = central(direction, step);
        return central(direction, step / 2).with(coarse, (fine, c) -> (4 * fine - c) / 3);
    }

    private Array central(Array direction, double h) {
        Array ahead = f.apply(x.with(direction, (a, d) -> a + h * d));
        return ahead.with(f.apply(x.with(direction, (a, d) -> a - h * d)), (a, b) -> (a - b) / (2 * h));
    }

    private Array gradient() {
        Array gradient = x.map(t -> 0);
        for (int k = 0; k < x.size(); k++) {
            gradient.set(k, along(direction(k)).value());
        }
        return gradient;
    }

    private Array jacobian() {
        Array[] columns = new Array[x.size()];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = along(direction(k));
        }
        return Array.matrix(columns[0].size(), columns.length, (i, j) -> columns[j].get(i));
    }

    /** The entries x_ij and x_ji move together; a diagonal entry moves once. */
    private Array symmetric() {
        return Array.matrix(x.rows(), x.columns(), (i, j) -> {
            Array direction = direction(i + x.rows() * j);
            direction.set(j + x.rows() * i, 1);
            return along(direction).value();
        });
    }

    private Array hessian() {
        return Array.matrix(x.size(), x.size(), (i, j) -> (4 * mixed(i, j, step / 2) - mixed(i, j, step)) / 3);
    }

    private double mixed(int i, int j, double h) {
        return (moved(i, h, j, h) - moved(i, h, j, -h) - moved(i, -h, j, h) + moved(i, -h, j, -h)) / (4 * h * h);
    }

    private double moved(int i, double di, int j, double dj) {
        Array y = x.copy();
        y.set(i, y.get(i) + di);
        y.set(j, y.get(j) + dj);
        return f.apply(y).value();
    }
}
