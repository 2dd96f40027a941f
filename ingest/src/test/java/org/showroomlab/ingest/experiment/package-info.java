@NullMarked
package org.showroomlab.ingest.experiment;

import org.jspecify.annotations.NullMarked;
