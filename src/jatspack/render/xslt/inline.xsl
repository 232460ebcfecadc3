<?xml version="1.0" encoding="UTF-8"?>
<!-- Running text: styles, links, cross-references. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:template match="bold"><b><xsl:call-template name="id"/><xsl:apply-templates/></b></xsl:template>
  <xsl:template match="italic"><i><xsl:call-template name="id"/><xsl:apply-templates/></i></xsl:template>
  <xsl:template match="sup"><sup><xsl:call-template name="id"/><xsl:apply-templates/></sup></xsl:template>
  <xsl:template match="sub"><sub><xsl:call-template name="id"/><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="underline"><u><xsl:call-template name="id"/><xsl:apply-templates/></u></xsl:template>
  <xsl:template match="strike"><s><xsl:call-template name="id"/><xsl:apply-templates/></s></xsl:template>
  <xsl:template match="monospace"><code><xsl:call-template name="id"/><xsl:apply-templates/></code></xsl:template>
  <xsl:template match="break"><br/></xsl:template>

  <xsl:template match="sc | overline | roman | sans-serif">
    <span class="{local-name()}"><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="styled-content | named-content | abbrev | institution-wrap">
    <span><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="ruby"><ruby><xsl:call-template name="id"/><xsl:apply-templates/></ruby></xsl:template>
  <xsl:template match="rb"><xsl:apply-templates/></xsl:template>
  <xsl:template match="rp | rt"><xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element></xsl:template>

  <!-- Links: what is not http, https, ftp or mailto stays as text. No link stands in another. -->
  <xsl:template match="ext-link | uri | self-uri | inline-supplementary-material | related-article | related-object">
    <xsl:variable name="target">
      <xsl:choose>
        <xsl:when test="@ext-link-type = 'doi' and starts-with(@xlink:href, '10.')">https://doi.org/<xsl:value-of select="@xlink:href"/></xsl:when>
        <xsl:when test="@xlink:href"><xsl:value-of select="@xlink:href"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="link"><xsl:with-param name="href" select="j:href(string($target))"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="email">
    <xsl:call-template name="link">
      <xsl:with-param name="href" select="j:href(concat('mailto:', normalize-space()))"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="link">
    <xsl:param name="href"/>
    <xsl:choose>
      <xsl:when test="$href and not(ancestor::xref or ancestor::ext-link or ancestor::uri)">
        <a href="{$href}">
          <xsl:call-template name="id"/>
          <xsl:apply-templates/>
          <xsl:if test="not(normalize-space()) and not(*)"><xsl:value-of select="@xlink:href"/></xsl:if>
        </a>
      </xsl:when>
      <xsl:otherwise><span><xsl:call-template name="id"/><xsl:apply-templates/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Cross-references. `data-rid` names every target, for the links back; it goes out again in Python. -->
  <xsl:template match="xref">
    <xsl:variable name="first" select="substring-before(concat(normalize-space(@rid), ' '), ' ')"/>
    <xsl:variable name="link">
      <xsl:choose>
        <xsl:when test="$first and key('id', $first) and not(ancestor::xref or ancestor::ext-link)">
          <a href="#{$first}" class="xref {@ref-type}" data-rid="{normalize-space(@rid)}">
            <xsl:call-template name="id"/>
            <xsl:if test="@ref-type = 'fn'"><xsl:attribute name="role">doc-noteref</xsl:attribute></xsl:if>
            <xsl:apply-templates/>
            <xsl:if test="not(normalize-space()) and not(*)"><xsl:value-of select="key('id', $first)/label"/></xsl:if>
          </a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="(@ref-type = 'fn' or @ref-type = 'table-fn') and not(ancestor::sup or sup)">
        <sup><xsl:copy-of select="$link"/></sup>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="$link"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="target">
    <span><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <!-- A note in the text: its mark here, its text with the other notes at the end. -->
  <xsl:template match="fn">
    <xsl:variable name="id"><xsl:apply-templates select="." mode="id"/></xsl:variable>
    <sup>
      <a href="#{$id}" class="xref fn" role="doc-noteref" data-rid="{$id}"><xsl:apply-templates select="." mode="mark"/></a>
    </sup>
  </xsl:template>

  <xsl:template match="fn" mode="mark">
    <xsl:choose>
      <xsl:when test="label[normalize-space()]"><xsl:value-of select="j:label(label)"/></xsl:when>
      <xsl:when test="@symbol"><xsl:value-of select="@symbol"/></xsl:when>
      <xsl:otherwise>
        <xsl:number level="any" count="fn[not(ancestor::table-wrap-foot or ancestor::author-notes)]"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
