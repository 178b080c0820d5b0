import django.db.models.deletion
from django.db import migrations, models

import congso.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0007_registers_files_closings_filters"),
        ("files", "0001_stored_files"),
        ("organs", "0002_pieces"),
        ("people", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressGroup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_shared", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=120, verbose_name="tên nhóm")),
                ("made_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AddressGroupMember",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("to", "Để thực hiện"), ("for_information", "Để biết")], default="to", max_length=16
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="documents.addressgroup",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_shared", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=120, verbose_name="tên mẫu")),
                ("type_code", models.CharField(max_length=16)),
                ("subject", models.CharField(blank=True, max_length=500, verbose_name="trích yếu")),
                ("legal_bases", models.JSONField(default=list)),
                ("body", models.JSONField(default=dict)),
                ("recipients", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BodyImage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="images",
                        to="documents.document",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="images",
                        to="documents.drafttemplate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="phiên bản")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("named", "người soạn giữ"),
                            ("submitted", "trình"),
                            ("returned", "trả lại"),
                            ("taken_back", "lấy lại"),
                            ("approved", "chuyển người ký"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="tên phiên bản")),
                ("subject", models.CharField(blank=True, max_length=500)),
                ("legal_bases", models.JSONField(default=list)),
                ("body", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PassageRemark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("passage", models.CharField(max_length=500, verbose_name="đoạn")),
                ("block", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="góp ý")),
                ("made_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="trả lời")),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="documents.document",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="addressgroup",
            index=models.Index(condition=models.Q(("is_shared", True)), fields=["organ", "name"], name="groups_shared"),
        ),
        migrations.AddConstraint(
            model_name="addressgroup",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="group_has_its_name_once_with_its_owner"),
        ),
        migrations.AddConstraint(
            model_name="addressgroup",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="group_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="addressgroupmember",
            constraint=models.UniqueConstraint(fields=("group", "organ"), name="organ_is_in_a_group_once"),
        ),
        migrations.AddIndex(
            model_name="drafttemplate",
            index=models.Index(
                condition=models.Q(("is_shared", True)), fields=["organ", "name"], name="templates_shared"
            ),
        ),
        migrations.AddConstraint(
            model_name="drafttemplate",
            constraint=models.UniqueConstraint(
                fields=("owner", "name"), name="template_has_its_name_once_with_its_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="drafttemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="template_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyimage",
            constraint=models.UniqueConstraint(fields=("document", "file"), name="picture_belongs_to_a_document_once"),
        ),
        migrations.AddConstraint(
            model_name="bodyimage",
            constraint=models.UniqueConstraint(fields=("template", "file"), name="picture_belongs_to_a_template_once"),
        ),
        migrations.AddConstraint(
            model_name="bodyimage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", False), ("template", None)),
                    models.Q(("document", None), ("template__isnull", False)),
                    _connector="OR",
                ),
                name="picture_belongs_to_a_document_or_to_a_template",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftversion",
            constraint=models.UniqueConstraint(
                fields=("document", "number"), name="version_has_its_number_once_in_its_document"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "named"), models.Q(("name", ""), _negated=True)),
                    models.Q(models.Q(("kind", "named"), _negated=True), ("name", "")),
                    _connector="OR",
                ),
                name="version_has_a_name_exactly_if_its_author_kept_it",
            ),
        ),
        migrations.AddIndex(
            model_name="passageremark",
            index=models.Index(fields=["document", "made_at"], name="remarks_of_a_document"),
        ),
        migrations.AddConstraint(
            model_name="passageremark",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("passage", ""), _negated=True)),
                name="remark_says_something_of_a_passage",
            ),
        ),
        migrations.AddConstraint(
            model_name="passageremark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", None)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="remark_is_resolved_by_somebody_at_a_moment",
            ),
        ),
    ]
