from __future__ import annotations

from django.urls import path

from apps.workflows.web import actions, approvals, designer, executions, gallery, run_actions, workflows

urlpatterns = [
    path("workflows/", workflows.workflow_list, name="workflows"),
    path("workflows/new/", actions.create, name="workflow-new"),
    path("workflows/import/", workflows.workflow_import, name="workflow-import"),
    path("workflows/gallery/", gallery.gallery, name="workflow-gallery"),
    path("workflows/gallery/<slug:template_slug>/use/", gallery.use, name="workflow-example-use"),
    path("workflows/trash/", workflows.workflow_trash, name="workflow-trash"),
    path("workflows/<uuid:workflow_id>/", designer.designer_page, name="workflow"),
    path("workflows/<uuid:workflow_id>/overview/", workflows.workflow_page, name="workflow-overview"),
    path("workflows/<uuid:workflow_id>/run/", actions.run, name="workflow-run"),
    path("workflows/<uuid:workflow_id>/dry-run/", actions.dry_run, name="workflow-dry-run"),
    path("workflows/<uuid:workflow_id>/publish/", actions.publish, name="workflow-publish"),
    path("workflows/<uuid:workflow_id>/activate/", actions.activate, name="workflow-activate"),
    path("workflows/<uuid:workflow_id>/deactivate/", actions.deactivate, name="workflow-deactivate"),
    path("workflows/<uuid:workflow_id>/duplicate/", actions.duplicate, name="workflow-duplicate"),
    path("workflows/<uuid:workflow_id>/rename/", actions.rename, name="workflow-rename"),
    path("workflows/<uuid:workflow_id>/delete/", actions.delete, name="workflow-delete"),
    path("workflows/<uuid:workflow_id>/restore/", actions.restore, name="workflow-restore"),
    path("approvals/", approvals.approval_list, name="approvals"),
    path("approvals/state/", approvals.approval_state, name="approvals-state"),
    path("approvals/link/<str:token>/", approvals.approval_link, name="approval-link"),
    path("approvals/<uuid:approval_id>/", approvals.approval_page, name="approval"),
    path("executions/", executions.execution_list, name="executions"),
    path("executions/<uuid:execution_id>/", executions.execution_page, name="execution"),
    path("executions/<uuid:execution_id>/state/", executions.execution_state, name="execution-state"),
    path("executions/retry/", run_actions.retry_many, name="executions-retry"),
    path("executions/<uuid:execution_id>/stop/", run_actions.stop, name="execution-stop"),
    path("executions/<uuid:execution_id>/pause/", run_actions.pause, name="execution-pause"),
    path("executions/<uuid:execution_id>/resume/", run_actions.resume, name="execution-resume"),
    path("executions/<uuid:execution_id>/retry/", run_actions.retry, name="execution-retry"),
    path("executions/<uuid:execution_id>/replay/", run_actions.replay, name="execution-replay"),
    path("executions/<uuid:execution_id>/delete/", run_actions.delete, name="execution-delete"),
]
