/**
 * Gradient checks as jqwik properties: parameters with sizes in common, entries and matrices of the kinds at which
 * gradients go wrong, and shrinking that keeps the sizes consistent. jqwik finds the services named here when it is on
 * the classpath; without it nothing of this package is loaded.
 */
@NullMarked
package org.adjoint.check.jqwik;

import org.jspecify.annotations.NullMarked;
