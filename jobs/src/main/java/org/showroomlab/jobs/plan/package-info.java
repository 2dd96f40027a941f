/** What the loaded experiments ask of each event, compiled once per job. */
@NullMarked
package org.showroomlab.jobs.plan;

import org.jspecify.annotations.NullMarked;
