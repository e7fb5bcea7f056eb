/**
 * Layers and models as values, and what they do to expressions. A {@link org.adjoint.nn.Model} has hyperparameters, parameters
 * named by its path, a shape for every shape that goes in, {@link org.adjoint.nn.Counts}, receptive fields
 * ({@link org.adjoint.nn.Field}), and one definition in terms of the graph's kinds, from which its adjoint, its printed form and
 * its programs follow. Losses and the steps of optimisers are expressions as well. Knows nothing of how they are computed.
 */
@NullMarked
package org.adjoint.nn;

import org.jspecify.annotations.NullMarked;
