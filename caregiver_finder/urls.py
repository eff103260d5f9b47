from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from conditions import views as condition_views
from conditions.glossary import views as glossary_views
from resources import corrections, reports, suggestions
from resources.admin.coverage import coverage
from resources.curation import urls as curation_urls
from resources.curation.checking import verify
from resources.finder import condition, feeds, listing
from resources.finder import views as finder_views
from resources.finder.straight import straight
from resources.heartbeat import views as heartbeat_views
from resources.models.resource import KIND_OF_PATH
from resources.people import urls as people_urls

from . import views
from .sitemaps import SITEMAPS


def page(template):
    return TemplateView.as_view(template_name=template)


admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", page("home.html"), name="home"),
    path("find/", finder_views.find, name="find"),
    path("find/feed/", feeds.FilteredFeed(), name="feed"),
    path("conditions/", condition_views.conditions, {"straight": straight}, name="conditions"),
    path("conditions/suggest/", condition_views.suggest, name="suggest"),
    path("glossary/", glossary_views.glossary, name="glossary"),
    path("conditions/<slug:slug>/", condition.condition_page, name="condition"),
    re_path(rf"^(?P<path>{'|'.join(KIND_OF_PATH)})/(?P<slug>[-a-z0-9]+)/$", listing.resource_page, name="resource"),
    path("report/", reports.report, name="report"),
    path("report/thanks/", reports.report_thanks, name="report_thanks"),
    path("suggest/", suggestions.suggest, name="suggest_resource"),
    path("suggest/thanks/", suggestions.thanks, name="suggest_resource_thanks"),
    path("verify/thanks/", page("verify/thanks.html"), name="verify_thanks"),
    path("verify/<str:token>/", verify.verify, name="verify"),
    path("about/", page("about/about.html"), name="about"),
    path("about/how-we-check/", page("about/how_we_check.html"), name="how_we_check"),
    path("about/inclusion/", page("about/inclusion.html"), name="inclusion"),
    path("about/corrections/", corrections.corrections, name="corrections"),
    path("privacy/health-data/", page("about/health_data.html"), name="health_data"),
    path("accessibility/", page("about/accessibility.html"), name="accessibility"),
    path("status/", heartbeat_views.status, name="status"),
    path("es/", views.spanish, name="spanish"),
    path("components/", views.components, name="components"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("account/", include(people_urls.ACCOUNT)),
    path("work/", include(curation_urls.WORK + people_urls.WORK)),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/coverage/", admin.site.admin_view(coverage), name="coverage"),
    path("admin/", admin.site.urls),
]
