"""Starting the drills' jobs, and counting what became of them."""

from dataclasses import dataclass

from tests.drills.holding import hold, wait_for
from tests.drills.site import Site

RESUME_SECONDS = 40


@dataclass(frozen=True)
class Batch:
    """Some jobs, each with so many pieces; a piece leaves one mark named `<job>:<number>`."""

    site: Site
    name: str
    jobs: int
    pieces: int

    @classmethod
    def start(cls, site: Site, name: str, *, jobs: int, pieces: int, seconds: float) -> "Batch":
        """`seconds` is how long a piece takes."""
        for number in range(jobs):
            body = {"name": f"{name}-{number}", "pieces": pieces, "seconds": seconds}
            answer = site.admin.insist("/api/v1/drill-jobs", body)
            hold(answer.status == 202, f"a job could not be started: {answer.status}")
        return cls(site, name, jobs, pieces)

    def marks(self) -> int:
        return self._number("SELECT count(*) FROM drills_mark WHERE name LIKE %s")

    def unfinished(self) -> int:
        return self._number(
            "SELECT count(*) FROM jobs_job WHERE params->>'name' LIKE %s"
            " AND state IN ('waiting', 'running')"
        )

    def hold_all_done(self, *, within: float) -> float:
        """Hold that all jobs end in so many seconds, each piece done once; the seconds it took."""
        seconds = wait_for(lambda: not self.unfinished(), within, f"jobs of {self.name} ended")
        succeeded = self._number(
            "SELECT count(*) FROM jobs_job WHERE params->>'name' LIKE %s AND state = 'succeeded'"
        )
        hold(succeeded == self.jobs, f"{succeeded} of {self.jobs} jobs succeeded")
        distinct = self._number("SELECT count(DISTINCT name) FROM drills_mark WHERE name LIKE %s")
        hold(distinct == self.jobs * self.pieces, f"{distinct} of {self.jobs * self.pieces} pieces")
        hold(self.marks() == distinct, f"{self.marks() - distinct} pieces were done twice")
        return seconds

    def _number(self, query: str) -> int:
        return self.site.number(query, f"{self.name}-%")
