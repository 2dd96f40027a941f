/** Experiments as their owners write them: YAML files, validated with file, line and field. */
@NullMarked
package org.showroomlab.ingest.experiment;

import org.jspecify.annotations.NullMarked;
