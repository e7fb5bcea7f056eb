/**
 * The engine held against published derivatives by means that share nothing with it: a parser of the MATLAB-like notation, an
 * evaluator in plain loops, random draws that respect the declared facts, and Richardson differences, all of their own.
 */
@NullMarked
package org.adjoint.corpus;

import org.jspecify.annotations.NullMarked;
