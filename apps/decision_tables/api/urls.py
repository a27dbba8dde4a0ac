from __future__ import annotations

from django.urls import path

from apps.decision_tables.api import (
    evaluation,
    feel,
    interchange,
    operations,
    tables,
    templates,
    test_cases,
    verification,
    versions,
)

# A table is named by its id or its name; a slug is either.
ONE = "decision-tables/<slug:table>/"

urlpatterns = [
    path("decision-tables/", tables.TableListView.as_view()),
    path("decision-tables/import/", interchange.ImportView.as_view()),
    path("decision-tables/templates/", templates.TemplateListView.as_view()),
    path("decision-tables/templates/<slug:template>/", templates.TemplateView.as_view()),
    path("decision-tables/feel/check/", feel.FeelView.as_view()),
    path(ONE, tables.TableView.as_view()),
    path(f"{ONE}copy/", tables.CopyView.as_view()),
    path(f"{ONE}restore/", tables.RestoreView.as_view()),
    path(f"{ONE}evaluate/", evaluation.EvaluateView.as_view()),
    path(f"{ONE}evaluate-batch/", evaluation.EvaluateBatchView.as_view()),
    path(f"{ONE}verify/", verification.VerifyView.as_view()),
    path(f"{ONE}publish/", versions.PublishView.as_view()),
    path(f"{ONE}versions/", versions.VersionListView.as_view()),
    path(f"{ONE}versions/<int:number>/", versions.VersionView.as_view()),
    path(f"{ONE}versions/<int:number>/restore/", versions.RestoreVersionView.as_view()),
    path(f"{ONE}diff/", versions.DiffView.as_view()),
    path(f"{ONE}tests/", test_cases.CaseListView.as_view()),
    path(f"{ONE}tests/run/", test_cases.RunCasesView.as_view()),
    path(f"{ONE}tests/<uuid:case_id>/", test_cases.CaseView.as_view()),
    path(f"{ONE}stats/", evaluation.StatsView.as_view()),
    path(f"{ONE}export/", interchange.ExportView.as_view()),
    path(f"{ONE}document/", operations.DocumentView.as_view()),
    path(f"{ONE}operations/", operations.OperationsView.as_view()),
    path(f"{ONE}undo/", operations.UndoView.as_view()),
]
