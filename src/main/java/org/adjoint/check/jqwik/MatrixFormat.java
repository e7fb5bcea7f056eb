package org.adjoint.check.jqwik;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.SampleReportingFormat;
import org.ejml.data.DMatrixRMaj;

/** Matrices in jqwik's reports: their sizes and rows. jqwik finds it as a service. */
public final class MatrixFormat implements SampleReportingFormat {

    @Override
    public boolean appliesTo(Object value) { return value instanceof DMatrixRMaj; }

    @Override
    public Object report(Object value) {
        var matrix = (DMatrixRMaj) value;
        var rows = new ArrayList<List<Double>>();
        for (int i = 0; i < matrix.numRows; i++) {
            rows.add(Arrays.stream(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols).boxed().toList());
        }
        return rows;
    }

    @Override
    public Optional<String> label(Object value) {
        var matrix = (DMatrixRMaj) value;
        return Optional.of(matrix.numRows + "x" + matrix.numCols + " ");
    }
}
