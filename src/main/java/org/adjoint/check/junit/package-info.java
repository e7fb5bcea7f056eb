/** Gradient checks as JUnit 5 tests: right passes, wrong fails with the report, inconclusive is skipped. */
@NullMarked
package org.adjoint.check.junit;

import org.jspecify.annotations.NullMarked;
