/** PostgreSQL: the pool, migrations, transactions that can only read, and events between replicas. */
@NullMarked
package dev.cloister.server.platform.sql;

import org.jspecify.annotations.NullMarked;
