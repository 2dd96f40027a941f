package org.showroomlab.stats.arms;

import org.showroomlab.stats.Effect;

/**
 * A relative lift with the way its interval was made.
 *
 * @param effect the lift as a fraction (0.1 is ten per cent)
 * @param method the method that was used, which is not the one asked for when that one does not apply
 */
public record RelativeEffect(Effect effect, RelativeLift.Method method) {}
