/** Events and results on their way through Kafka. */
@NullMarked
package org.showroomlab.app.live;

import org.jspecify.annotations.NullMarked;
