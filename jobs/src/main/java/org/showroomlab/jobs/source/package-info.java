/** Where records come from: files and Kafka topics. */
@NullMarked
package org.showroomlab.jobs.source;

import org.jspecify.annotations.NullMarked;
