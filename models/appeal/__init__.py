"""Appeals (이의신청) against a score once the result is out: filed with new evidence, decided by somebody else."""
