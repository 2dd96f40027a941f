/** A seeded quarter of showrooms with known true effects: the project's own test bench and demo. */
@NullMarked
package org.showroomlab.ingest.simulate;

import org.jspecify.annotations.NullMarked;
