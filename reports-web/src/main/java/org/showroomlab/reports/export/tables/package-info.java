/** Reports as tables of cells, which files of several formats then write. */
@NullMarked
package org.showroomlab.reports.export.tables;

import org.jspecify.annotations.NullMarked;
