/** How often what a reader sees is wrong: simulated worlds through files, job, database and report. */
@NullMarked
package org.showroomlab.app.calibrate;

import org.jspecify.annotations.NullMarked;
