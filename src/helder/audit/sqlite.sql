CREATE TABLE IF NOT EXISTS audit_line (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  details TEXT NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
)

CREATE TABLE IF NOT EXISTS audit_tree (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  edge BLOB NOT NULL
)

CREATE INDEX IF NOT EXISTS audit_line_when ON audit_line (at)

CREATE INDEX IF NOT EXISTS audit_line_who ON audit_line (actor, action, at)

CREATE INDEX IF NOT EXISTS audit_line_what ON audit_line (action, at)

CREATE INDEX IF NOT EXISTS audit_line_about ON audit_line (subject, at, actor, action)

INSERT INTO audit_tree SELECT 1, 0, x'' WHERE NOT EXISTS (SELECT 1 FROM audit_tree)

CREATE TRIGGER IF NOT EXISTS audit_line_insert BEFORE INSERT ON audit_line
WHEN NEW.seq <> (SELECT size FROM audit_tree) OR EXISTS (SELECT 1 FROM audit_line WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END

CREATE TRIGGER IF NOT EXISTS audit_line_update BEFORE UPDATE ON audit_line
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END

CREATE TRIGGER IF NOT EXISTS audit_line_delete BEFORE DELETE ON audit_line
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END

CREATE TRIGGER IF NOT EXISTS audit_tree_update BEFORE UPDATE ON audit_tree
WHEN NEW.one <> 1 OR NEW.size NOT IN (OLD.size, OLD.size + 1)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END

CREATE TRIGGER IF NOT EXISTS audit_tree_insert BEFORE INSERT ON audit_tree
WHEN EXISTS (SELECT 1 FROM audit_tree)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END

CREATE TRIGGER IF NOT EXISTS audit_tree_delete BEFORE DELETE ON audit_tree
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
