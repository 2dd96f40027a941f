/** How a broker of ours is set up, and the topics on it. */
@NullMarked
package org.showroomlab.app.broker;

import org.jspecify.annotations.NullMarked;
