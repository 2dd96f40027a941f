@NullMarked
package org.showroomlab.reports.export.notebook;

import org.jspecify.annotations.NullMarked;
