/** A broker and a job inside this process. */
@NullMarked
package org.showroomlab.app.embedded;

import org.jspecify.annotations.NullMarked;
