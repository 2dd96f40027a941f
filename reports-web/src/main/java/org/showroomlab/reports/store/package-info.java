/** The DuckDB file: one writer, many readers, stable views. */
@NullMarked
package org.showroomlab.reports.store;

import org.jspecify.annotations.NullMarked;
