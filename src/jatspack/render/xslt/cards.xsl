<?xml version="1.0" encoding="UTF-8"?>
<!-- What is known of an author, in a card that the name opens (HTML's popover: no script). For screens only. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                exclude-result-prefixes="j">
  <xsl:template match="contrib" mode="card-id">
    <xsl:param name="of"/>
    <xsl:value-of select="concat('_about-', count(preceding::contrib[ancestor::article-meta]) + 1)"/>
    <xsl:if test="$of != $lang">-<xsl:value-of select="$of"/></xsl:if>
  </xsl:template>

  <!-- The name: a button where a card belongs to it. -->
  <xsl:template name="opener">
    <xsl:param name="of"/>
    <xsl:variable name="name" select="j:person(., $of)"/>
    <xsl:choose>
      <xsl:when test="contrib-id | email | address/email | xref[@ref-type = 'aff'] | aff | degrees | role | name-alternatives">
        <button type="button" class="person">
          <xsl:attribute name="popovertarget">
            <xsl:apply-templates select="." mode="card-id"><xsl:with-param name="of" select="$of"/></xsl:apply-templates>
          </xsl:attribute>
          <xsl:value-of select="$name"/>
        </button>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$name"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="card">
    <xsl:param name="of"/>
    <xsl:variable name="known" select="contrib-id | email | address/email | degrees | role"/>
    <xsl:variable name="homes" select="key('id', xref[@ref-type = 'aff']/@rid) | aff"/>
    <xsl:if test="$known or xref[@ref-type = 'aff'] or aff or name-alternatives">
      <div class="card screen" popover="auto">
        <xsl:attribute name="id">
          <xsl:apply-templates select="." mode="card-id"><xsl:with-param name="of" select="$of"/></xsl:apply-templates>
        </xsl:attribute>
        <p class="card-name">
          <xsl:call-template name="lang">
            <xsl:with-param name="own" select="j:name-lang(., $of)"/>
            <xsl:with-param name="around" select="$of"/>
          </xsl:call-template>
          <xsl:value-of select="j:person(., $of)"/>
        </p>
        <xsl:for-each select="name-alternatives/*[@xml:lang and @xml:lang != $of]">
          <p class="card-other">
            <xsl:call-template name="lang"><xsl:with-param name="around" select="$of"/></xsl:call-template>
            <xsl:value-of select="j:person(../.., string(@xml:lang))"/>
          </p>
        </xsl:for-each>
        <xsl:if test="@corresp = 'yes' or xref[@ref-type = 'corresp']">
          <p class="what"><xsl:value-of select="j:word('corresponding', $of)"/></p>
        </xsl:if>
        <xsl:for-each select="(degrees | role)[@xml:lang = $of or not(@xml:lang)]">
          <p class="card-role"><xsl:apply-templates/></p>
        </xsl:for-each>
        <xsl:for-each select="$homes">
          <p class="card-address">
            <xsl:variable name="address" select="(self::aff | aff[@xml:lang = $of] | aff[not(../aff[@xml:lang = $of])])[1]"/>
            <xsl:for-each select="$address">
              <xsl:call-template name="lang"><xsl:with-param name="around" select="$of"/></xsl:call-template>
            </xsl:for-each>
            <xsl:value-of select="j:affiliation($address, $of)"/>
          </p>
        </xsl:for-each>
        <xsl:for-each select="email | address/email">
          <xsl:variable name="href" select="j:href(concat('mailto:', normalize-space()))"/>
          <p>
            <xsl:choose>
              <xsl:when test="$href"><a href="{$href}"><xsl:value-of select="normalize-space()"/></a></xsl:when>
              <xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise>
            </xsl:choose>
          </p>
        </xsl:for-each>
        <xsl:for-each select="contrib-id">
          <xsl:variable name="href" select="j:href(j:orcid(string(.)))"/>
          <p>
            <xsl:choose>
              <xsl:when test="@contrib-id-type = 'orcid' and $href"><a href="{$href}"><xsl:value-of select="$href"/></a></xsl:when>
              <xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise>
            </xsl:choose>
          </p>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
