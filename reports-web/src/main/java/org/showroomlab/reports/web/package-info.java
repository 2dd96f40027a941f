/** The web application: routes, live updates, and nothing that is decided about data. */
@NullMarked
package org.showroomlab.reports.web;

import org.jspecify.annotations.NullMarked;
