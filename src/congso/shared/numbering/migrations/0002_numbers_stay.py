from django.db import migrations

REFUSE = """
CREATE FUNCTION numbers_given_stay_in_the_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'numbers_given_stay_in_the_register: DELETE on % is refused', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'numbers_given_stay_in_the_register', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER numbers_given_stay_in_the_register
    BEFORE DELETE ON numbering_numbertaken FOR EACH ROW EXECUTE FUNCTION numbers_given_stay_in_the_register();
"""
ALLOW = """
DROP TRIGGER numbers_given_stay_in_the_register ON numbering_numbertaken;
DROP FUNCTION numbers_given_stay_in_the_register();
"""


class Migration(migrations.Migration):
    dependencies = [("numbering", "0001_numbers")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
