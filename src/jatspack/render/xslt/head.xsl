<?xml version="1.0" encoding="UTF-8"?>
<!-- Metadata: what browsers, search engines for scholars (Highwire's citation_*) and Dublin Core readers look for. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:variable name="doi" select="normalize-space($meta/article-id[@pub-id-type = 'doi'])"/>
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
      <xsl:call-template name="citation-meta"/>
      <xsl:call-template name="dublin-core"/>
    </head>
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
      <xsl:with-param name="name">citation_publication_date</xsl:with-param>
      <xsl:with-param name="content" select="translate(j:iso($published), '-', '/')"/>
    </xsl:call-template>
    <xsl:call-template name="meta">
      <xsl:with-param name="name">citation_journal_title</xsl:with-param>
      <xsl:with-param name="content"><xsl:call-template name="journal-title"/></xsl:with-param>
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
    <xsl:if test="$doi"><meta name="DC.identifier" content="https://doi.org/{$doi}"/></xsl:if>
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
</xsl:stylesheet>
