"""The addresses of the office."""

from django.urls import include, path

from helder.office import offer_views, sheet_views, views
from helder.registers.notifications.views import sent_view
from helder.registers.scans import views as scan_views
from helder.web import (
    audit_pages,
    colleague_pages,
    dashboard,
    hook_pages,
    own_page,
    pages,
    reminder_pages,
    round_pages,
    token_pages,
)
from helder.web.api import api
from helder.web.receipts import receipts

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("own/", own_page.own, name="own"),
    path("language/<str:code>/", pages.choose_language, name="language"),
    path("welcome/<str:token>/", pages.welcome, name="welcome"),
    path("api/v1/", api.urls),
    path("tokens/", token_pages.token_list, name="tokens"),
    path("tokens/<int:number>/end/", token_pages.token_end, name="token_end"),
    path("hooks/", hook_pages.hook_list, name="hooks"),
    path("hooks/new/", hook_pages.hook_new, name="hook_new"),
    path("hooks/<int:number>/", hook_pages.hook_view, name="hook"),
    path("hooks/<int:number>/<slug:action>/", hook_pages.hook_change, name="hook_change"),
    path("colleagues/", colleague_pages.colleague_list, name="colleagues"),
    path("colleagues/invite/", colleague_pages.colleague_invite, name="colleague_invite"),
    path("colleagues/invitations/<int:number>/end/", colleague_pages.colleague_uninvite, name="colleague_uninvite"),
    path("colleagues/<int:number>/confirm/", colleague_pages.colleague_confirm, name="colleague_confirm"),
    path("colleagues/<int:number>/reset/", colleague_pages.colleague_reset, name="colleague_reset"),
    path("colleagues/<int:number>/end/", colleague_pages.colleague_end, name="colleague_end"),
    path("reminders/", reminder_pages.reminders, name="reminders"),
    path("reminders/calendar/", reminder_pages.new_feed, name="new_feed"),
    path("calendar/<str:token>.ics", reminder_pages.calendar, name="calendar"),
    path("notify/receipts/", receipts, name="receipts"),
    path("audit/", audit_pages.audit_view, name="audit"),
    path("audit/search/", audit_pages.search_view, name="audit_search"),
    path("audit/export.<slug:format>", audit_pages.export_view, name="audit_export"),
    path("rounds/", round_pages.round_list, name="rounds"),
    path("rounds/<slug:round>/", round_pages.round_view, name="round"),
    path("rounds/<slug:round>/approve/", round_pages.approve_view, name="round_approve"),
    path("rounds/<slug:round>/reader-test/", round_pages.reader_test_view, name="round_reader_test"),
    path("rounds/<slug:round>/<slug:letter>/<slug:language>/", round_pages.text_view, name="round_texts"),
    path("notifications/sent/", sent_view, name="notification_sent"),
    path("scans/<slug:party>/fill/", scan_views.fill_view, name="scan_fill"),
    path("scans/<slug:party>/verdict/", scan_views.verdict_view, name="scan_verdict"),
    path("scans/confirm/<int:number>/", scan_views.confirm_view, name="scan_confirm"),
    path("account/", include("helder.web.account_urls")),
    path("<slug:register>/", views.list_view, name="list"),
    path("<slug:register>/search/", views.search_view, name="search"),
    path("<slug:register>/export.<slug:format>", sheet_views.export_view, name="export"),
    path("<slug:register>/documents/<slug:name>.<slug:format>", offer_views.offer_view, name="document"),
    path("<slug:register>/import/", sheet_views.import_view, name="import"),
    path("<slug:register>/new/", views.add_view, name="add"),
    path("<slug:register>/<uuid:entry>/", views.entry_view, name="entry"),
    path("<slug:register>/<uuid:entry>/correct/", views.correct_view, name="correct"),
]
handler403 = "helder.web.pages.refused"
handler404 = "helder.web.pages.not_found"
handler500 = "helder.web.pages.failed"
