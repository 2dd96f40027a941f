package org.showroomlab.ingest.simulate;

import org.jspecify.annotations.Nullable;

/**
 * One person, with everything that was decided about them before anything happened.
 *
 * @param regular buys often, before and after
 * @param enrolledAtMillis first exposure to the visitor tests other than the drop
 * @param mixed will see a second variant later
 * @param checkoutArm variant index in aa-checkout; {@code pageArm}, {@code priceArm} and {@code dropArm} likewise,
 *     drawn independently of each other
 * @param comesToDrop visits the drop, in their own showroom
 */
record Visitor(
        int index,
        String id,
        Showroom home,
        @Nullable String creator,
        boolean regular,
        long enrolledAtMillis,
        boolean mixed,
        int checkoutArm,
        int pageArm,
        int priceArm,
        boolean comesToDrop,
        int dropArm) {}
