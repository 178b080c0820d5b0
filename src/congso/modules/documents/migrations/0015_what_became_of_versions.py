from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0014_work_dossiers_transfers_destructions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="draftversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("named", "người soạn giữ"),
                    ("submitted", "đã trình"),
                    ("returned", "bị trả lại"),
                    ("taken_back", "đã lấy lại"),
                    ("approved", "đã chuyển người ký"),
                ],
                max_length=16,
            ),
        ),
    ]
