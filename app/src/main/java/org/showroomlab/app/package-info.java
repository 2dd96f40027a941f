/** The command: the only module that sees all others. */
@NullMarked
package org.showroomlab.app;

import org.jspecify.annotations.NullMarked;
