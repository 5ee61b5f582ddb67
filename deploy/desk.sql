-- What the workers may do in the desk's store: read, and add. Run as the owner of its tables, once
-- they are made (deploy/README.md); a log that nobody can change needs no trust in the program.
GRANT SELECT, INSERT ON events, copies, readings, feeds, articles, schema TO frontline;
GRANT UPDATE ON feeds TO frontline; -- what a feed answered last; no part of the log
GRANT USAGE ON SEQUENCE readings_seq_seq TO frontline;
