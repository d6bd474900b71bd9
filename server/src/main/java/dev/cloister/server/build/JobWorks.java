package dev.cloister.server.build;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who does which jobs. */
final class JobWorks {
    private final Map<JobType, JobWork> byType = new EnumMap<>(JobType.class);

    JobWorks(List<JobWork> works) {
        works.forEach(work -> byType.put(work.type(), work));
        if (byType.size() != JobType.values().length) {
            throw new IllegalArgumentException("not every type of job has somebody who does it");
        }
    }

    JobWork of(LeasedJob job) {
        JobWork work = byType.get(job.type());
        if (work == null) {
            throw new IllegalStateException("nobody does " + job.type());
        }
        return work;
    }
}
