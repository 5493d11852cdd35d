"""The part of schema.org's vocabulary that the site could speak: types, what they are kinds of, their properties.

The names are those of https://schema.org as the package msgspec-schemaorg 0.2.1 (PyPI, May 2025) has them, which is
generated from the published vocabulary: every property of the types named here, but of Organization and Place only
those that have to do with names and places.
"""

from __future__ import annotations

_PARENTS = {
    "CreativeWork": "Thing",
    "Legislation": "CreativeWork",
    "Dataset": "CreativeWork",
    "MediaObject": "CreativeWork",
    "DataDownload": "MediaObject",
    "WebPage": "CreativeWork",
    "CollectionPage": "WebPage",
    "WebSite": "CreativeWork",
    "ItemList": "Thing",
    "ListItem": "Thing",
    "Organization": "Thing",
    "Place": "Thing",
    "AdministrativeArea": "Place",
    "Country": "AdministrativeArea",
}

_OWN = {
    "Thing": """
        additionalType alternateName description disambiguatingDescription identifier image
        mainEntityOfPage name potentialAction sameAs subjectOf url
    """,
    "CreativeWork": """
        about abstract accessMode accessModeSufficient accessibilityAPI accessibilityControl
        accessibilityFeature accessibilityHazard accessibilitySummary accountablePerson
        acquireLicensePage aggregateRating alternativeHeadline archivedAt assesses associatedMedia
        audience audio author award awards character citation comment commentCount conditionsOfAccess
        contentLocation contentRating contentReferenceTime contributor copyrightHolder copyrightNotice
        copyrightYear correction countryOfOrigin creativeWorkStatus creator creditText dateCreated
        dateModified datePublished digitalSourceType discussionUrl editEIDR editor educationalAlignment
        educationalLevel educationalUse encoding encodingFormat encodings exampleOfWork expires
        fileFormat funder funding genre hasPart headline inLanguage interactionStatistic
        interactivityType interpretedAsClaim isAccessibleForFree isBasedOn isBasedOnUrl isFamilyFriendly
        isPartOf keywords learningResourceType license locationCreated mainEntity maintainer material
        materialExtent mentions offers pattern position producer provider publication publisher
        publisherImprint publishingPrinciples recordedAt releasedEvent review reviews schemaVersion
        sdDatePublished sdLicense sdPublisher size sourceOrganization spatial spatialCoverage sponsor
        teaches temporal temporalCoverage text thumbnail thumbnailUrl timeRequired translationOfWork
        translator typicalAgeRange usageInfo version video wordCount workExample workTranslation
    """,
    "Legislation": """
        jurisdiction legislationAmends legislationApplies legislationChanges legislationCommences
        legislationConsolidates legislationCorrects legislationCountersignedBy legislationDate
        legislationDateOfApplicability legislationDateVersion legislationEnsuresImplementationOf
        legislationIdentifier legislationJurisdiction legislationLegalForce legislationPassedBy
        legislationRepeals legislationResponsible legislationTransposes legislationType
    """,
    "Dataset": """
        catalog datasetTimeInterval distribution includedDataCatalog includedInDataCatalog issn
        measurementMethod measurementTechnique variableMeasured
    """,
    "MediaObject": """
        associatedArticle bitrate contentSize contentUrl duration embedUrl encodesCreativeWork
        encodingFormat endTime height ineligibleRegion interpretedAsClaim playerType productionCompany
        regionsAllowed requiresSubscription sha256 startTime uploadDate width
    """,
    "DataDownload": """
        measurementMethod measurementTechnique
    """,
    "WebPage": """
        breadcrumb lastReviewed mainContentOfPage primaryImageOfPage relatedLink reviewedBy
        significantLink significantLinks speakable specialty
    """,
    "WebSite": """
        issn
    """,
    "ItemList": """
        aggregateElement itemListElement itemListOrder numberOfItems
    """,
    "ListItem": """
        item nextItem position previousItem
    """,
    "Organization": "legalName parentOrganization subOrganization department areaServed location",
    "Place": "address containedInPlace containsPlace geo",
}


def properties(kind: str) -> frozenset[str]:
    """The properties a thing of this type may have. Raises `KeyError` for a type that is not listed."""
    if kind not in _PARENTS and kind not in _OWN:
        raise KeyError(kind)
    own = frozenset(_OWN.get(kind, "").split())
    return own | properties(_PARENTS[kind]) if kind in _PARENTS else own
