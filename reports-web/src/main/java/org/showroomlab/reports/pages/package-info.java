/** What a person sees: view models in Java, markup in templates. */
@NullMarked
package org.showroomlab.reports.pages;

import org.jspecify.annotations.NullMarked;
