from __future__ import annotations

from django.urls import path

from apps.accounts.api.views import organizations, people, tokens

urlpatterns = [
    path("me/", people.MeView.as_view()),
    path("organizations/", organizations.OrganizationListView.as_view()),
    path("organizations/<uuid:organization_id>/", organizations.OrganizationView.as_view()),
    path("organizations/<uuid:organization_id>/members/", organizations.MemberListView.as_view()),
    path(
        "organizations/<uuid:organization_id>/members/<uuid:membership_id>/",
        organizations.MemberView.as_view(),
    ),
    path("teams/", organizations.TeamListView.as_view()),
    path("teams/<uuid:team_id>/", organizations.TeamView.as_view()),
    path("tokens/", tokens.TokenListView.as_view()),
    path("tokens/<uuid:token_id>/", tokens.TokenView.as_view()),
    path("audit-events/", tokens.AuditEventListView.as_view()),
]
