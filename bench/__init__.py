"""What `make bench` measures, one module a question; the tables go into docs/performance.md."""
