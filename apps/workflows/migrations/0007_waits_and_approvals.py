"""Waits for calls, forms and people."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_organization_retention"),
        ("workflows", "0006_workflow_view"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("encoding", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("data", models.BinaryField()),
                ("node_id", models.CharField(max_length=64)),
                ("node_name", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("fields", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Open"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                            ("canceled", "Canceled"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("for_everybody", models.BooleanField(default=False)),
                ("deadline", models.DateTimeField(null=True, verbose_name="deadline")),
                (
                    "on_deadline",
                    models.CharField(
                        choices=[
                            ("approve", "Approve"),
                            ("reject", "Reject"),
                            ("expire", "Go on by the output “expired”"),
                            ("error", "Fail"),
                            ("escalate", "Ask others"),
                        ],
                        default="error",
                        max_length=8,
                    ),
                ),
                ("limit_seconds", models.PositiveIntegerField(null=True)),
                ("escalate_to", models.JSONField(default=list)),
                ("escalated_at", models.DateTimeField(null=True, verbose_name="escalated")),
                ("remind_seconds", models.PositiveIntegerField(null=True)),
                ("mail_at", models.DateTimeField(null=True)),
                ("mails_sent", models.PositiveIntegerField(default=0)),
                ("decided_by_label", models.CharField(blank=True, max_length=254, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "decided_via",
                    models.CharField(
                        blank=True,
                        choices=[("inbox", "Inbox"), ("link", "Link"), ("api", "API"), ("deadline", "Deadline")],
                        max_length=8,
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("answers", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ApprovalAssignee",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "verbose_name": "assignee of an approval",
                "verbose_name_plural": "assignees of approvals",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Waitpoint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("encoding", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("data", models.BinaryField()),
                ("node_id", models.CharField(max_length=64)),
                ("run_index", models.PositiveIntegerField(default=0)),
                ("execution_order", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("webhook", "A call"),
                            ("form", "A form"),
                            ("approval", "An approval"),
                            ("turn", "Its turn"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("timed_out", "Timed out"),
                            ("canceled", "Canceled"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "waitpoint",
                "verbose_name_plural": "waitpoints",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="approval",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="execution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="workflows.execution"
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="workflow",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="workflows.workflow"
            ),
        ),
        migrations.AddField(
            model_name="approvalassignee",
            name="approval",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="assignees", to="workflows.approval"
            ),
        ),
        migrations.AddField(
            model_name="approvalassignee",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="approvalassignee",
            name="user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="waitpoint",
            name="execution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="waitpoints", to="workflows.execution"
            ),
        ),
        migrations.AddField(
            model_name="waitpoint",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="waitpoint",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="approval", to="workflows.waitpoint"
            ),
        ),
        migrations.AddIndex(
            model_name="waitpoint",
            index=models.Index(fields=["execution", "-id"], name="waitpoint_by_execution"),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(fields=["organization", "status", "-id"], name="approval_by_organization"),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(
                condition=models.Q(("status", "pending")), fields=["deadline"], name="approval_deadline"
            ),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(condition=models.Q(("status", "pending")), fields=["mail_at"], name="approval_mail"),
        ),
    ]
