from django.db import migrations

# The constraint's name is what the log will show when someone tries.
REFUSE = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal_is_append_only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'journal_is_append_only', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER journal_lines_are_never_changed_or_removed
    BEFORE UPDATE OR DELETE ON journal_journalline FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_lines_are_never_emptied
    BEFORE TRUNCATE ON journal_journalline FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER seals_are_never_changed_or_removed
    BEFORE UPDATE OR DELETE ON journal_seal FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER seals_are_never_emptied
    BEFORE TRUNCATE ON journal_seal FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""
ALLOW = """
DROP TRIGGER journal_lines_are_never_changed_or_removed ON journal_journalline;
DROP TRIGGER journal_lines_are_never_emptied ON journal_journalline;
DROP TRIGGER seals_are_never_changed_or_removed ON journal_seal;
DROP TRIGGER seals_are_never_emptied ON journal_seal;
DROP FUNCTION journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal_lines_and_seals")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
