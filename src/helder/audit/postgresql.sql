CREATE TABLE IF NOT EXISTS audit_line (
  seq bigint PRIMARY KEY,
  at text NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  reason text NOT NULL,
  details text NOT NULL,
  leaf bytea NOT NULL CHECK (length(leaf) = 32)
)

CREATE TABLE IF NOT EXISTS audit_tree (
  one integer PRIMARY KEY CHECK (one = 1),
  size bigint NOT NULL,
  edge bytea NOT NULL
)

CREATE INDEX IF NOT EXISTS audit_line_when ON audit_line (at, seq)

CREATE INDEX IF NOT EXISTS audit_line_who ON audit_line (actor, action, at, seq)

CREATE INDEX IF NOT EXISTS audit_line_what ON audit_line (action, at, seq)

CREATE INDEX IF NOT EXISTS audit_line_about ON audit_line (subject, at, seq, actor, action)

INSERT INTO audit_tree SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM audit_tree)

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$

CREATE OR REPLACE FUNCTION audit_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> (SELECT size FROM audit_tree) THEN RAISE EXCEPTION 'the audit log is append-only'; END IF;
  RETURN NEW;
END $$

CREATE OR REPLACE FUNCTION audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.one <> 1 OR NEW.size NOT IN (OLD.size, OLD.size + 1) THEN
    RAISE EXCEPTION 'the audit log is append-only';
  END IF;
  RETURN NEW;
END $$

CREATE OR REPLACE TRIGGER audit_line_insert BEFORE INSERT ON audit_line FOR EACH ROW EXECUTE FUNCTION audit_in_order()

CREATE OR REPLACE TRIGGER audit_line_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

CREATE OR REPLACE TRIGGER audit_tree_update BEFORE UPDATE ON audit_tree FOR EACH ROW EXECUTE FUNCTION audit_forward()

CREATE OR REPLACE TRIGGER audit_tree_delete BEFORE DELETE OR TRUNCATE ON audit_tree
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
