package org.adjoint.eval;

import java.util.Arrays;

/** The definition as loops: an entry of the kernel at a time, along whole rows of places. */
final class DirectConvolution implements ConvolutionKernel {
    private final Geometry shape;
    private final WindowRows rows;

    DirectConvolution(Geometry shape) {
        this.shape = shape;
        this.rows = new WindowRows(shape.slides(), shape.border());
    }

    /** What is done with a row of places, its weight, and the row of the input that it reads. */
    private enum Task {
        FORWARD,
        INPUT,
        KERNEL
    }

    @Override
    public void forward(double[] x, double[] w, double[] y) {
        Arrays.fill(y, 0, shape.outputCount(), 0);
        run(Task.FORWARD, x, w, y);
    }

    @Override
    public void inputGradient(double[] w, double[] yBar, double[] xBar) {
        Arrays.fill(xBar, 0, shape.inputCount(), 0);
        run(Task.INPUT, xBar, w, yBar);
    }

    @Override
    public void kernelGradient(double[] x, double[] yBar, double[] wBar) {
        Arrays.fill(wBar, 0, shape.kernelCount(), 0);
        run(Task.KERNEL, x, wBar, yBar);
    }

    private void run(Task task, double[] x, double[] w, double[] y) {
        int places = shape.places();
        int inputs = shape.inputs();
        int entries = shape.entries();
        int channels = shape.channels();
        for (int b = 0; b < shape.batch(); b++) {
            for (int o = 0; o < shape.groups() * shape.outputs(); o++) {
                int first = b * shape.groups() * shape.channels() + o / shape.outputs() * channels;
                for (int c = 0; c < channels; c++) {
                    channel(task, x, (first + c) * inputs, w, (o * channels + c) * entries, y,
                            (b * shape.groups() * shape.outputs() + o) * places);
                }
            }
        }
    }

    private void channel(Task task, double[] x, int xo, double[] w, int wo, double[] y, int yo) {
        for (int v = 0; v < rows.outerEntries; v++) {
            for (int j = 0; j < rows.entries; j++) {
                int weight = wo + v * rows.entries + j;
                for (int u = 0; u < rows.outerPlaces; u++) {
                    int base = rows.base(u, v);
                    if (base == Positions.OUTSIDE) {
                        continue;
                    }
                    int at = yo + u * rows.places;
                    switch (task) {
                        case FORWARD -> rows.accumulate(w[weight], x, xo + base, j, y, at);
                        case INPUT -> rows.addScaled(x, xo + base, j, 0, rows.places, w[weight], y, at);
                        case KERNEL -> w[weight] += rows.dot(x, xo + base, j, y, at);
                    }
                }
            }
        }
    }
}
