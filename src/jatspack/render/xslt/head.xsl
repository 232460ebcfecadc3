<?xml version="1.0" encoding="UTF-8"?>
<!-- Metadata: what browsers, search engines for scholars (Highwire's citation_*) and Dublin Core readers look for. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:variable name="doi" select="normalize-space($meta/article-id[@pub-id-type = 'doi'])"/>
  <xsl:variable name="doi-href" select="j:doi($doi)"/>
  <xsl:variable name="published" select="($meta/pub-date[normalize-space(year)])[1]"/>
  <xsl:variable name="licence" select="$meta/permissions/license[1]"/>
  <xsl:variable name="authors"
                select="$meta/contrib-group/contrib[not(@contrib-type) or @contrib-type = 'author']"/>

  <xsl:template name="head">
    <xsl:variable name="title" select="j:text($meta/title-group/article-title)"/>
    <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>
        <xsl:value-of select="$title"/>
        <xsl:if test="not($title)">jatspack</xsl:if>
      </title>
      <xsl:variable name="abstract" select="j:shorten(j:text($meta/abstract[1]/*[not(self::title)]), 300)"/>
      <xsl:call-template name="meta">
        <xsl:with-param name="name">description</xsl:with-param>
        <xsl:with-param name="content" select="$abstract"/>
      </xsl:call-template>
      <xsl:for-each select="$authors">
        <xsl:call-template name="meta">
          <xsl:with-param name="name">author</xsl:with-param>
          <xsl:with-param name="content" select="j:person(., $lang)"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="meta">
        <xsl:with-param name="name">keywords</xsl:with-param>
        <xsl:with-param name="content"><xsl:call-template name="keyword-line"/></xsl:with-param>
      </xsl:call-template>
      <meta name="color-scheme" content="light dark"/>
      <xsl:call-template name="links"/>
      <xsl:call-template name="citation-meta"/>
      <xsl:call-template name="dublin-core"/>
      <xsl:call-template name="open-graph"/>
    </head>
  </xsl:template>

  <!-- Where the article lives, as far as the JATS says it: its own address, its DOI (RFC 8574), its licence. -->
  <xsl:template name="links">
    <xsl:variable name="page" select="j:href(string($meta/self-uri[not(@content-type = 'pdf')][1]/@xlink:href))"/>
    <xsl:if test="$page"><link rel="canonical" href="{$page}"/></xsl:if>
    <xsl:if test="$doi-href"><link rel="cite-as" href="{$doi-href}"/></xsl:if>
    <xsl:variable name="licence-href" select="j:href(string($licence/@xlink:href))"/>
    <xsl:if test="$licence-href"><link rel="license" href="{$licence-href}"/></xsl:if>
  </xsl:template>

  <xsl:template name="keyword-line">
    <xsl:for-each select="$meta/kwd-group[not(@xml:lang) or @xml:lang = $lang]/kwd">
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <xsl:value-of select="normalize-space()"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="meta">
    <xsl:param name="name"/>
    <xsl:param name="content"/>
    <xsl:param name="of-lang"/>
    <xsl:variable name="value" select="normalize-space($content)"/>
    <xsl:if test="$value">
      <meta name="{$name}" content="{$value}">
        <xsl:if test="$of-lang and $of-lang != $lang">
          <xsl:attribute name="lang"><xsl:value-of select="$of-lang"/></xsl:attribute>
        </xsl:if>
      </meta>
    </xsl:if>
  </xsl:template>

  <xsl:template name="citation-meta">
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_title</xsl:with-param>
      <xsl:with-param name="content" select="j:text($meta/title-group/article-title)"/>
    </xsl:call-template>
    <xsl:for-each select="$authors">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">citation_author</xsl:with-param>
        <xsl:with-param name="content" select="j:person(., $lang)"/>
      </xsl:call-template>
      <xsl:for-each select="xref[@ref-type = 'aff']">
        <xsl:call-template name="meta">
          <xsl:with-param name="name">citation_author_institution</xsl:with-param>
          <xsl:with-param name="content" select="j:affiliation(key('id', @rid), $lang)"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="meta">
        <xsl:with-param name="name">citation_author_orcid</xsl:with-param>
        <xsl:with-param name="content" select="contrib-id[@contrib-id-type = 'orcid']"/>
      </xsl:call-template>
      <xsl:call-template name="meta">
        <xsl:with-param name="name">citation_author_email</xsl:with-param>
        <xsl:with-param name="content" select="(email | address/email)[1]"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_publisher</xsl:with-param>
      <xsl:with-param name="content" select="$journal/publisher/publisher-name"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_publication_date</xsl:with-param>
      <xsl:with-param name="content" select="translate(j:iso($published), '-', '/')"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_journal_title</xsl:with-param>
      <xsl:with-param name="content"><xsl:call-template name="journal-title"/></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_journal_abbrev</xsl:with-param>
      <xsl:with-param name="content" select="$journal//abbrev-journal-title"/>
    </xsl:call-template>
    <xsl:for-each select="$journal/issn[normalize-space()]">
      <meta name="citation_issn" content="{normalize-space()}"/>
    </xsl:for-each>
    <xsl:for-each select="$meta/volume | $meta/issue | $meta/fpage | $meta/lpage">
      <xsl:variable name="names" select="'volume=volume issue=issue fpage=firstpage lpage=lastpage '"/>
      <xsl:call-template name="meta">
        <xsl:with-param name="name" select="concat('citation_',
          substring-before(substring-after($names, concat(local-name(), '=')), ' '))"/>
        <xsl:with-param name="content" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_doi</xsl:with-param>
      <xsl:with-param name="content" select="$doi"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_language</xsl:with-param>
      <xsl:with-param name="content" select="$lang"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_fulltext_html_url</xsl:with-param>
      <xsl:with-param name="content" select="j:href(string($meta/self-uri[not(@content-type = 'pdf')][1]/@xlink:href))"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_pdf_url</xsl:with-param>
      <xsl:with-param name="content" select="j:href(string($meta/self-uri[@content-type = 'pdf'][1]/@xlink:href))"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_abstract</xsl:with-param>
      <xsl:with-param name="content" select="j:text($meta/abstract[not(@abstract-type)][1]/*[not(self::title)])"/>
    </xsl:call-template>
    <xsl:for-each select="$meta/kwd-group[not(@xml:lang) or @xml:lang = $lang]/kwd">
      <meta name="citation_keywords" content="{normalize-space()}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="dublin-core">
    <xsl:for-each select="$meta/title-group/article-title | $meta/title-group/trans-title-group/trans-title">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">DC.title</xsl:with-param>
        <xsl:with-param name="content" select="j:text(.)"/>
        <xsl:with-param name="of-lang" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="$authors">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">DC.creator</xsl:with-param>
        <xsl:with-param name="content" select="j:person(., $lang)"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">DC.language</xsl:with-param>
      <xsl:with-param name="content" select="$lang"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">DC.date</xsl:with-param>
      <xsl:with-param name="content" select="j:iso($published)"/>
    </xsl:call-template>
    <xsl:for-each select="$meta/history/date[@date-type = 'received' or @date-type = 'accepted'][j:iso(.)]">
      <xsl:variable name="term">
        <xsl:choose>
          <xsl:when test="@date-type = 'received'">DCTERMS.dateSubmitted</xsl:when>
          <xsl:otherwise>DCTERMS.dateAccepted</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <meta name="{$term}" content="{j:iso(.)}"/>
    </xsl:for-each>
    <xsl:if test="$doi-href"><meta name="DC.identifier" content="{$doi-href}"/></xsl:if>
    <meta name="DC.type" content="Text"/>
    <meta name="DC.format" content="text/html"/>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">DC.source</xsl:with-param>
      <xsl:with-param name="content"><xsl:call-template name="journal-title"/></xsl:with-param>
    </xsl:call-template>
    <xsl:for-each select="$meta/contrib-group/contrib[@contrib-type and @contrib-type != 'author']">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">DC.contributor</xsl:with-param>
        <xsl:with-param name="content" select="j:person(., $lang)"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">DC.publisher</xsl:with-param>
      <xsl:with-param name="content" select="$journal/publisher/publisher-name"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">DC.rights</xsl:with-param>
      <xsl:with-param name="content" select="$licence/@xlink:href"/>
    </xsl:call-template>
    <xsl:for-each select="$meta/kwd-group/kwd">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">DC.subject</xsl:with-param>
        <xsl:with-param name="content" select="."/>
        <xsl:with-param name="of-lang" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="$meta/abstract[not(@abstract-type)] | $meta/trans-abstract[not(@abstract-type)]">
      <xsl:call-template name="meta">
        <xsl:with-param name="name">DC.description</xsl:with-param>
        <xsl:with-param name="content" select="j:text(*[not(self::title)])"/>
        <xsl:with-param name="of-lang" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- What a link to the page shows elsewhere. Neither an address nor an image is made up. -->
  <xsl:template name="open-graph">
    <xsl:call-template name="property">
      <xsl:with-param name="name">og:title</xsl:with-param>
      <xsl:with-param name="content" select="j:text($meta/title-group/article-title)"/>
    </xsl:call-template>
    <meta property="og:type" content="article"/>
    <xsl:call-template name="property">
      <xsl:with-param name="name">og:site_name</xsl:with-param>
      <xsl:with-param name="content"><xsl:call-template name="journal-title"/></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="property">
      <xsl:with-param name="name">og:description</xsl:with-param>
      <xsl:with-param name="content" select="j:shorten(j:text($meta/abstract[1]/*[not(self::title)]), 200)"/>
    </xsl:call-template>
    <xsl:call-template name="property">
      <xsl:with-param name="name">article:published_time</xsl:with-param>
      <xsl:with-param name="content" select="j:iso($published)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="property">
    <xsl:param name="name"/>
    <xsl:param name="content"/>
    <xsl:if test="normalize-space($content)"><meta property="{$name}" content="{normalize-space($content)}"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
